package io.iedp.datasets.files;

/**
 * A picture or map as it is stored.
 *
 * @param origin where it is, for messages
 * @param bytes of a JPEG or PNG file
 */
record StoredImage(String origin, byte[] bytes) {}
