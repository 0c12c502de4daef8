/** Changes to training samples. */
package io.iedp.datasets.transform;
