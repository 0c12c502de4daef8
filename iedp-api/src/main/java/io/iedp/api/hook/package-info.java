/** What goes along with training and hears of its steps, evaluations and checkpoints. */
package io.iedp.api.hook;
