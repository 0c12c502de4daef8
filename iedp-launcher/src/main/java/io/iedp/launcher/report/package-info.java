/** What a run folder shows: tables, curves, pictures and a page. */
package io.iedp.launcher.report;
