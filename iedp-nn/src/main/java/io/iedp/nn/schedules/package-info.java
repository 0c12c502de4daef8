/** How the learning rate changes while a run trains. */
package io.iedp.nn.schedules;
