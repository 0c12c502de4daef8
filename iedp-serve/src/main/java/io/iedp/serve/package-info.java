/** Trained runs as a service over HTTP, and a page to try them on. */
package io.iedp.serve;
