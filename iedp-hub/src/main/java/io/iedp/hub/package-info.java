/** Published weights by name, for {@code hf://ORG/NAME}: found, downloaded once, checked, and kept where other programs look. */
package io.iedp.hub;
