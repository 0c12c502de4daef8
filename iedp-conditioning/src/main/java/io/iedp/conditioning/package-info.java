/** CLIP's encoders and tokenizer, and the guidance branches that are made of them. */
package io.iedp.conditioning;
