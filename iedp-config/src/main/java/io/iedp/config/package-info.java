/**
 * Experiment files: YAML to values with places, inheritance, overrides, references, and strict binding to
 * records. Nothing that a file names is loaded here.
 */
package io.iedp.config;
