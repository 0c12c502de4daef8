/**
 * What an experiment says, as records: components that were chosen and settings that were checked. Nothing here knows
 * where they were written.
 */
package io.iedp.config.experiment;
