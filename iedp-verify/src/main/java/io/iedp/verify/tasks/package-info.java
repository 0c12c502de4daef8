/**
 * Cases of losses and metrics.
 * Here belongs what runs iedp-tasks' losses and counts on recorded predictions, for other verifiers, too.
 */
package io.iedp.verify.tasks;
