/** Files. */
package io.iedp.api.io;
