package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferralTest {
    private static final Piece CHAIR =
            Piece.of(Thing.CHAIR).box(0, 0, 0, 1, 1, 1, null).done();
    private static final Piece SOFA =
            Piece.of(Thing.SOFA).box(0, 0, 0, 1, 1, 1, null).done();

    private static Dataset rooms(int count, int start, long seed) {
        return rooms(count, start, seed, true);
    }

    private static Dataset rooms(int count, int start, long seed, boolean refer) {
        return new Rooms(
                new RoomsConfig(
                        count,
                        start,
                        96,
                        72,
                        refer,
                        false,
                        RoomsConfig.Captions.PLAIN,
                        Optional.empty(),
                        RoomsConfig.Variety.PLAIN),
                () -> seed);
    }

    /** A picture of one row, in which each pixel shows that piece at that depth. */
    private static Set<String> phrases(List<Piece> pieces, int[] shown, float... depth) {
        Room room = new Room(
                "office",
                new Shell(4, 3, 6, null, null, null),
                pieces.stream()
                        .map(piece -> new Room.Furniture(piece, Pose.of(0, 0, 0)))
                        .toList(),
                List.of(),
                1,
                null);
        float[] labels = new float[shown.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (shown[i] < 0 ? Thing.FLOOR : pieces.get(shown[i]).thing()).ordinal();
        }
        Renderer.Picture picture = new Renderer.Picture(
                null, Raster.labels(labels.length, 1, labels), Raster.depth(labels.length, 1, depth), shown);
        Set<String> phrases = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Referral referral = Referral.of(room, picture, new Dice(seed));
            phrases.add(
                    referral.phrase() + " " + Arrays.toString(referral.mask().values()));
        }
        return phrases;
    }

    @Test
    void whatIsThereOnceNeedsNoMoreWords() {
        assertThat(phrases(List.of(SOFA, CHAIR), new int[] {0, -1, 1, 1}, 2, 3, 2, 2))
                .containsExactly("the chair [0.0, 0.0, 1.0, 1.0]", "the sofa [1.0, 0.0, 0.0, 0.0]");
    }

    @Test
    void likeThingsAreToldByTheirDistance() {
        assertThat(phrases(List.of(CHAIR, CHAIR, CHAIR), new int[] {0, 1, 2}, 2, 3, 4))
                .containsExactly("the farthest chair [0.0, 0.0, 1.0]", "the nearest chair [1.0, 0.0, 0.0]");
    }

    @Test
    void likeThingsAtOneDistanceAreNotSpokenOf() {
        assertThat(phrases(List.of(CHAIR, CHAIR, SOFA), new int[] {0, 1, 2}, 2, 2.2f, 4))
                .containsExactly("the sofa [0.0, 0.0, 1.0]");
        assertThat(phrases(List.of(CHAIR, CHAIR), new int[] {0, 1, -1}, 2, 2.2f, 4))
                .containsExactly("the floor [0.0, 0.0, 1.0]");
    }

    /** The mask has the class of the phrase, and all of that class, if nothing tells it from others. */
    @Test
    void phrasesFitOneVisibleThing() {
        Dataset rooms = rooms(60, 0, 3);
        Set<String> words = new HashSet<>();
        for (int i = 0; i < rooms.size(); i++) {
            Sample sample = rooms.get(i);
            String[] phrase = sample.texts().get(Sample.EXPRESSION).split(" ");
            int label = Thing.valueOf(phrase[phrase.length - 1].toUpperCase(Locale.ROOT))
                    .ordinal();
            float[] labels = sample.target(Sample.LABELS).values();
            float[] mask = sample.target(Sample.MASK).values();
            float[] depth = sample.target(Sample.DEPTH).values();
            List<Integer> masked = IntStream.range(0, mask.length)
                    .filter(p -> mask[p] == 1)
                    .boxed()
                    .toList();
            List<Integer> others = IntStream.range(0, mask.length)
                    .filter(p -> mask[p] == 0 && labels[p] == label)
                    .boxed()
                    .toList();
            assertThat(masked.size()).isGreaterThanOrEqualTo((int) (Caption.VISIBLE * mask.length));
            assertThat(masked).allMatch(p -> labels[p] == label);
            double nearest = masked.stream().mapToDouble(p -> depth[p]).min().orElseThrow();
            switch (phrase[1]) {
                case "nearest" -> assertThat(others).isNotEmpty().allMatch(p -> depth[p] > nearest + 0.29);
                case "farthest" ->
                    assertThat(others.stream().mapToDouble(p -> depth[p]).min().orElseThrow())
                            .isLessThan(nearest - 0.29);
                default -> assertThat(others).isEmpty();
            }
            words.add(phrase[phrase.length - 1]);
        }
        assertThat(words).hasSizeGreaterThan(7);
    }

    @Test
    void aReferralDependsOnSeedAndNumberAlone() {
        Sample one = rooms(9, 0, 3).get(5);
        Sample same = rooms(2, 5, 3).get(0);
        assertThat(same.texts()).isEqualTo(one.texts());
        assertThat(same.target(Sample.MASK).values())
                .isEqualTo(one.target(Sample.MASK).values());
        assertThat(rooms(9, 0, 3, false).get(5).image().pixels())
                .isEqualTo(one.image().pixels());
    }
}
