/**
 * One model: its parts, wired as an experiment chose them, and what it computes. Weights are filled, kept and
 * fingerprinted here.
 */
package io.iedp.engine.model;
