/** Facts of published datasets that more than one component needs. */
package io.iedp.io.dataset;
