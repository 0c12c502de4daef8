/** Python's pickle format, read as data: nothing that a file names is looked up, let alone run. */
@Experimental
package io.iedp.io.pickle;

import io.iedp.api.Experimental;
