/** What neural components compute with: fast operations and parameters. */
package io.iedp.api.nn;
