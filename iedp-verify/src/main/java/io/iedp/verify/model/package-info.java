/**
 * Cases of whole models.
 * Here belongs what is built from an experiment, by the engine and of installed components, as a user's model is.
 */
package io.iedp.verify.model;
