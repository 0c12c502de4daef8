/**
 * The way in for Java programs. What a trained run predicts for images, in plain classes of the JDK; the packages
 * below are for the modules of the project and may change.
 */
package io.iedp.engine;
