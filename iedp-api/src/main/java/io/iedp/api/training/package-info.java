/** How training goes on from step to step. */
package io.iedp.api.training;
