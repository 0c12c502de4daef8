/**
 * The command verify, and the list of all verifiers.
 * Here belongs what a user of the command sees; the other packages know nothing of it.
 */
package io.iedp.verify.command;
