package io.iedp.api.backbone;

import io.iedp.api.ComponentContext;

/** What a backbone gets from the host. */
public interface BackboneContext extends ComponentContext {}
