/** The pre-trained models that come with IEDP, for {@code iedp://NAME}. */
package io.iedp.models;
