package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import io.iedp.datasets.rooms.RoomsConfig.Captions;
import io.iedp.datasets.rooms.RoomsConfig.Variety;
import io.iedp.datasets.rooms.VariedCaption.Wording;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VariedCaptionTest {
    private static final Set<Thing> PARTS = EnumSet.of(Thing.WALL, Thing.FLOOR, Thing.CEILING);
    private static final int WIDTH = 48;
    private static final int HEIGHT = 32;

    private static Dataset rooms(Variety variety, int count, int start, double drop) {
        return new Rooms(
                new RoomsConfig(count, start, WIDTH, HEIGHT, false, false, Captions.VARIED, Optional.of(drop), variety),
                () -> 17);
    }

    private static String caption(Sample sample) {
        return sample.texts().get(Sample.CAPTION);
    }

    /** Each class that a caption names is named once, in the word of the class list. */
    private static Set<Thing> named(String caption) {
        Set<Thing> named = EnumSet.noneOf(Thing.class);
        for (String word : caption.split("[ ,:]+")) {
            Arrays.stream(Thing.values())
                    .filter(thing -> thing.word().equals(word))
                    .forEach(thing -> assertThat(named.add(thing)).as(caption).isTrue());
        }
        return named;
    }

    /** What takes up 0.4 % of the picture. */
    private static Set<Thing> visible(Sample sample) {
        float[] labels = sample.target(Sample.LABELS).values();
        Set<Thing> visible = EnumSet.noneOf(Thing.class);
        for (Thing thing : Thing.values()) {
            long pixels = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == thing.ordinal())
                    .count();
            if (pixels * 250 >= labels.length) {
                visible.add(thing);
            }
        }
        return visible;
    }

    @ParameterizedTest
    @EnumSource
    void captionsNameWhatIsVisible(Variety variety) {
        Dataset rooms = rooms(variety, 60, 0, 0);
        for (int i = 0; i < rooms.size(); i++) {
            Sample sample = rooms.get(i);
            Set<Thing> visible = visible(sample);
            Set<Thing> named = named(caption(sample));
            assertThat(visible).as(caption(sample)).containsAll(named);
            visible.removeAll(PARTS);
            assertThat(named).as(caption(sample)).containsAll(visible);
        }
    }

    /** Of n nouns, each left out with probability 0.3, the share has a standard deviation of √(0.21 / n). */
    @Test
    void nounsAreLeftOut() {
        Dataset rooms = rooms(Variety.PLAIN, 100, 0, 0.3);
        int visible = 0;
        int left = 0;
        for (int i = 0; i < rooms.size(); i++) {
            Sample sample = rooms.get(i);
            Set<Thing> seen = visible(sample);
            Set<Thing> named = named(caption(sample));
            assertThat(seen).containsAll(named);
            seen.removeAll(PARTS);
            visible += seen.size();
            seen.removeAll(named);
            left += seen.size();
        }
        assertThat(left / (double) visible).isEqualTo(0.3, within(4 * Math.sqrt(0.21 / visible)));
    }

    /** CLIP takes words and punctuation marks apart; each of the words is in its vocabulary. */
    @ParameterizedTest
    @EnumSource
    void captionsFitTheirTokens(Variety variety) {
        Dataset rooms = rooms(variety, 60, 100, 0);
        for (int i = 0; i < rooms.size(); i++) {
            String caption = caption(rooms.get(i));
            assertThat(caption.replaceAll("([,:])", " $1").split(" +"))
                    .as(caption)
                    .hasSizeLessThanOrEqualTo(22);
            assertThat(caption).matches("[a-z]+([,:]? [a-z]+)*");
        }
    }

    private static Visible seen(Thing thing) {
        return new Visible(thing, 3, 0.2, Optional.of(ColorWord.RED), EnumSet.allOf(Thing.class));
    }

    /** However much is visible. */
    @ParameterizedTest
    @EnumSource
    void evenTheFullestRoomFits(Wording wording) {
        List<Visible> everything =
                Arrays.stream(Thing.values()).map(VariedCaptionTest::seen).toList();
        Set<Thing> furniture = EnumSet.complementOf(EnumSet.copyOf(PARTS));
        for (int seed = 0; seed < 300; seed++) {
            String caption = new VariedCaption("living room", wording, new Dice(seed)).of(everything, 0);
            assertThat(caption.replaceAll("([,:])", " $1").split(" +"))
                    .as(caption)
                    .hasSizeLessThanOrEqualTo(22);
            assertThat(named(caption)).containsAll(furniture);
        }
    }

    /** Each of five things is first and last in a fifth of the captions: 200 of 1000, with a standard deviation of 13. */
    @Test
    void placeInTheSentenceIsNoCue() {
        List<Visible> five = List.of(Thing.WINDOW, Thing.BED, Thing.CHAIR, Thing.LAMP, Thing.BALL).stream()
                .map(VariedCaptionTest::seen)
                .toList();
        int[] first = new int[Thing.values().length];
        int[] last = new int[first.length];
        for (int seed = 0; seed < 1000; seed++) {
            String caption = new VariedCaption("office", Wording.VARIED, new Dice(seed)).of(five, 0);
            five.stream()
                    .map(Visible::thing)
                    .min((a, b) -> caption.indexOf(a.word()) - caption.indexOf(b.word()))
                    .ifPresent(thing -> first[thing.ordinal()]++);
            five.stream()
                    .map(Visible::thing)
                    .max((a, b) -> caption.indexOf(a.word()) - caption.indexOf(b.word()))
                    .ifPresent(thing -> last[thing.ordinal()]++);
        }
        for (Visible each : five) {
            assertThat(first[each.thing().ordinal()]).isBetween(148, 252);
            assertThat(last[each.thing().ordinal()]).isBetween(148, 252);
        }
    }

    /** Rooms of which each thing has one colour are described by lists that name nearly all of the colours. */
    @Test
    void colorsAreNamed() {
        List<Visible> five = List.of(Thing.WALL, Thing.BED, Thing.CHAIR, Thing.SOFA, Thing.BALL).stream()
                .map(VariedCaptionTest::seen)
                .toList();
        int things = 0;
        int colors = 0;
        for (int seed = 0; seed < 300; seed++) {
            String caption = new VariedCaption("office", Wording.COLORS, new Dice(seed)).of(five, 0);
            things += named(caption).size();
            colors += caption.split("red ", -1).length - 1;
        }
        // walls are left out of a fifth of the captions
        assertThat(things / 300.0).isCloseTo(4.8, within(0.1));
        assertThat(colors / (double) things).isGreaterThan(0.9);
    }

    /** All wordings are used: sentences and lists, colours, sizes, numbers and neighbours. */
    @Test
    void wordingsVary() {
        Visible sofa = new Visible(Thing.SOFA, 1, 0.2, Optional.of(ColorWord.RED), EnumSet.of(Thing.CHAIR));
        Visible chair = new Visible(Thing.CHAIR, 2, 0.05, Optional.empty(), EnumSet.of(Thing.SOFA));
        Visible ball = new Visible(Thing.BALL, 1, 0.005, Optional.empty(), EnumSet.noneOf(Thing.class));
        Set<String> captions = new HashSet<>();
        for (int seed = 0; seed < 2000; seed++) {
            captions.add(new VariedCaption("office", Wording.VARIED, new Dice(seed)).of(List.of(sofa, chair, ball), 0));
        }
        assertThat(captions).hasSizeGreaterThan(200);
        for (String part : List.of(
                "an office with a",
                "a photo of an office with a",
                "there is a",
                "this office has a",
                "office: ",
                "a red sofa",
                "a large sofa",
                "a small ball",
                "more than one chair",
                "chair twice",
                "chair next to a",
                "sofa next to more than one chair",
                ", ",
                " and ")) {
            assertThat(captions).as(part).anyMatch(caption -> caption.contains(part));
        }
        assertThat(captions)
                .anyMatch(caption -> caption.matches("(red |large )?sofa chair( twice)? (small )?ball"))
                .noneMatch(caption -> caption.contains("ball next to"));
    }

    /** What is next to each other is less than 0.35 m apart, measured from the half of its shorter side. */
    @Test
    void neighboursAreNextToEachOther() {
        Pattern pattern = Pattern.compile(
                "([a-z]+)(?: once| twice| [a-z]+ times)? next to (?:a |an |more than one )?(?:large |small )?(?:"
                        + String.join(
                                "|",
                                Arrays.stream(ColorWord.values())
                                        .map(ColorWord::word)
                                        .toList())
                        + ")? ?([a-z]+)");
        int found = 0;
        Dataset rooms = rooms(Variety.RICH, 150, 0, 0);
        for (int i = 0; i < rooms.size(); i++) {
            Matcher matcher = pattern.matcher(caption(rooms.get(i)));
            Room room = new RoomBuilder(Dice.of(17, i), Variety.RICH).build();
            while (matcher.find()) {
                found++;
                assertThat(gap(room, matcher.group(1), matcher.group(2)))
                        .as(matcher.group())
                        .isLessThan(0.35);
            }
        }
        assertThat(found).isGreaterThan(5);
    }

    private static double gap(Room room, String one, String other) {
        double least = Double.MAX_VALUE;
        for (Room.Furniture a : of(room, one)) {
            for (Room.Furniture b : of(room, other)) {
                double apart = Math.hypot(
                        a.place().x() - b.place().x(), a.place().z() - b.place().z());
                least = Math.min(least, apart - half(a) - half(b));
            }
        }
        return least;
    }

    private static List<Room.Furniture> of(Room room, String word) {
        Thing thing = Thing.valueOf(word.toUpperCase(Locale.ROOT));
        return room.furniture().stream()
                .filter(each -> each.piece().thing() == thing)
                .toList();
    }

    private static double half(Room.Furniture furniture) {
        Bounds bounds = furniture.piece().bounds();
        return Math.min(bounds.maxX() - bounds.minX(), bounds.maxZ() - bounds.minZ()) / 2;
    }

    @Test
    void aCaptionDependsOnSeedAndNumberAlone() {
        Sample one = rooms(Variety.RICH, 9, 0, 0.1).get(5);
        assertThat(rooms(Variety.RICH, 2, 4, 0.1).get(1).texts()).isEqualTo(one.texts());
        assertThat(one.texts()).containsKeys(Sample.SCENE, Sample.CAPTION);
    }

    @Test
    void withoutNounsThereIsTheRoom() {
        Set<String> captions = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            captions.add(new VariedCaption("office", Wording.VARIED, new Dice(seed)).of(List.of(seen(Thing.BED)), 1));
        }
        assertThat(captions)
                .containsExactlyInAnyOrder(
                        "an office", "a photo of an office", "this is an office", "the inside of an office");
    }

    @Test
    void plainCaptionsLeaveNothingOut() {
        assertThatThrownBy(() ->
                        new RoomsConfig(1, 0, 8, 8, false, false, Captions.PLAIN, Optional.of(0.1), Variety.PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("drop-nouns leaves nouns out of varied captions, so it needs captions: varied or colors");
    }
}
