/**
 * Cases of Stable Diffusion's UNet and autoencoder, alone and as VPD's backbone.
 * Here belongs what runs iedp-backbone's networks on recorded inputs.
 */
package io.iedp.verify.backbone;
