/** Text-like embeddings that tell the backbone what to look for. */
package io.iedp.api.guidance;
