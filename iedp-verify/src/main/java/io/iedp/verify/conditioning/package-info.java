/**
 * Cases of CLIP's encoders, its tokenizer, its preprocessing and VPD's text adapters.
 * Here belongs what runs iedp-conditioning's encoders on recorded inputs.
 */
package io.iedp.verify.conditioning;
