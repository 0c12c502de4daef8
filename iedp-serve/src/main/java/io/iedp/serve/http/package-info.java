/** The protocols: what requests say, and what they are answered. */
package io.iedp.serve.http;
