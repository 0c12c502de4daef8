/** How much a server takes on, and how it refuses the rest. */
package io.iedp.serve.limits;
