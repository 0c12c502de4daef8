/**
 * Contract tests: what holds for every component of a kind. A plugin's test extends the contract of its kind, such as
 * {@link io.iedp.testkit.HeadContract}, names its factory and a configuration, and declares what the component does not
 * support; the kit then checks that this fails with a message for the user.
 */
package io.iedp.testkit;
