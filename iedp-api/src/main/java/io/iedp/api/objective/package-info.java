/** What is learned where nothing is predicted for a task, such as the parts of a text-to-image model. */
package io.iedp.api.objective;
