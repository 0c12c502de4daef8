package io.iedp.api.backbone;

import io.iedp.api.ComponentFactory;

/** Makes a backbone; {@code backbone.type} of an experiment file chooses it. */
public interface BackboneFactory<C extends Record> extends ComponentFactory<C, BackboneContext, Backbone> {}
