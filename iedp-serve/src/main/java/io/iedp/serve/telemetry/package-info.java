/** What a server tells of itself. */
package io.iedp.serve.telemetry;
