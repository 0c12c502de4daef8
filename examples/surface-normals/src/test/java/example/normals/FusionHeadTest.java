package example.normals;

import io.iedp.api.head.HeadFactory;
import io.iedp.testkit.HeadContract;

class FusionHeadTest extends HeadContract<FusionHeadConfig> {
    @Override
    protected HeadFactory<FusionHeadConfig> factory() {
        return new FusionHeadFactory();
    }

    @Override
    protected FusionHeadConfig configuration() {
        return new FusionHeadConfig(6);
    }
}
