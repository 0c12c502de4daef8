package io.iedp.hub;

import java.net.URI;

/**
 * What a hub says of a file.
 *
 * @param commit of the repository, 40 hexadecimal digits
 * @param hash see {@link ContentHash}
 * @param size in bytes
 * @param location from where its bytes can be had, for a while
 */
record RemoteFile(String commit, String hash, long size, URI location) {}
