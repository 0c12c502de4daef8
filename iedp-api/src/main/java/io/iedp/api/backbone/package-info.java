/** The shared network that turns pictures and guidance into features. */
package io.iedp.api.backbone;
