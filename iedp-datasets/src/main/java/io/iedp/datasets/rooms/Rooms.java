package io.iedp.datasets.rooms;

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Rendered rooms with exact labels, metric depth, normals and captions. A room depends on the seed and its number
 * alone, on every machine.
 */
public final class Rooms implements Dataset {
    /** Tells the random numbers of captions from those of rooms. */
    private static final long CAPTIONS = 0x63617074696f6e73L;

    private final RoomsConfig config;
    private final long seed;

    public Rooms(RoomsConfig config, DatasetContext context) {
        this.config = config;
        this.seed = context.seed();
    }

    @Override
    public DatasetInfo info() {
        List<ClassInfo> classes = Arrays.stream(Thing.values())
                .map(thing -> new ClassInfo(thing.word(), thing.color()))
                .toList();
        return new DatasetInfo(classes, Room.LARGEST);
    }

    @Override
    public int size() {
        return config.count();
    }

    @Override
    public Sample get(int index) {
        Objects.checkIndex(index, config.count());
        int number = config.start() + index;
        Room room = new RoomBuilder(Dice.of(seed, number), config.variety()).build();
        Renderer renderer = new Renderer(room, config.width(), config.height());
        Renderer.Picture picture = renderer.render();
        Map<String, Raster> targets = new HashMap<>();
        targets.put(Sample.LABELS, picture.labels());
        targets.put(Sample.DEPTH, picture.depth());
        if (config.normals()) {
            targets.put(Sample.NORMALS, renderer.normals());
        }
        Map<String, String> texts = new HashMap<>();
        texts.put(Sample.SCENE, room.kind());
        texts.put(Sample.CAPTION, caption(room, picture, number));
        if (config.refer()) {
            Referral referral = Referral.of(room, picture, Dice.of(~seed, number));
            targets.put(Sample.MASK, referral.mask());
            texts.put(Sample.EXPRESSION, referral.phrase());
        }
        return new Sample(String.format(Locale.ROOT, "room_%06d", number), picture.image(), targets, texts);
    }

    private String caption(Room room, Renderer.Picture picture, int number) {
        return switch (config.captions()) {
            case PLAIN -> Caption.of(room, picture);
            case VARIED -> caption(room, picture, number, VariedCaption.Wording.VARIED);
            case COLORS -> caption(room, picture, number, VariedCaption.Wording.COLORS);
        };
    }

    private String caption(Room room, Renderer.Picture picture, int number, VariedCaption.Wording wording) {
        return new VariedCaption(room.kind(), wording, Dice.of(seed ^ CAPTIONS, number))
                .of(Visible.in(room, picture, wording.coloring()), config.dropProbability());
    }
}
