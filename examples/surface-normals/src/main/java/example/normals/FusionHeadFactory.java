package example.normals;

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;

/** Makes the head {@code example/fusion}. */
final class FusionHeadFactory implements HeadFactory<FusionHeadConfig> {
    @Override
    public String type() {
        return "example/fusion";
    }

    @Override
    public Class<FusionHeadConfig> configuration() {
        return FusionHeadConfig.class;
    }

    @Override
    public String description() {
        return "All levels, brought to the finest and added up, through two convolutions.";
    }

    @Override
    public Head create(FusionHeadConfig configuration, HeadContext context) {
        return new FusionHead(configuration, context);
    }
}
