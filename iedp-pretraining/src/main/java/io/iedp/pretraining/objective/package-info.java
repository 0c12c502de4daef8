/** What the parts of a text-to-image model learn: to compress pictures, to match them with texts, to take noise out of them. */
package io.iedp.pretraining.objective;
