/** From features to predictions. */
package io.iedp.api.head;
