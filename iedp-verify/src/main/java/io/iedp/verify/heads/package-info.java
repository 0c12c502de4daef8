/**
 * Cases of heads, from features to logits.
 * Here belongs what runs iedp-heads' networks on recorded features.
 */
package io.iedp.verify.heads;
