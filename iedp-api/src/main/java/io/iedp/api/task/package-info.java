/** What is predicted and how it is judged. */
package io.iedp.api.task;
