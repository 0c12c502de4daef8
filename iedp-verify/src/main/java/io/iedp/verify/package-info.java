/**
 * What computes recorded cases anew implements this package, and names it in {@code
 * META-INF/services/io.iedp.verify.Verifier} unless it comes with the project. Here belong the case as a verifier sees it
 * and how its results may be compared, and nothing that reads files or knows a component.
 */
package io.iedp.verify;
