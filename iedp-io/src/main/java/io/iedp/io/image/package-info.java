/**
 * Images as users have them: JPEG and PNG with their orientation, colours and depths, to the values of the API and
 * back. What cannot be read is said with the file and the reason.
 */
package io.iedp.io.image;
