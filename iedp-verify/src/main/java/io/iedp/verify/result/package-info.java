/**
 * How far what was computed is off from what is expected.
 * Here belong all kinds of comparison, so that no verifier decides what is close enough.
 */
package io.iedp.verify.result;
