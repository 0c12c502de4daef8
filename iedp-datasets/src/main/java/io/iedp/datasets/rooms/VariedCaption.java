package io.iedp.datasets.rooms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says what a picture of a room shows in one of many ways. The order of things is random, so that the place of a word
 * in the sentence says nothing about the picture. Class names are never inflected: where there are several chairs, there is
 * {@code more than one chair}.
 */
final class VariedCaption {
    /** Words and punctuation marks; each is one token of CLIP, and begin and end make them 24. */
    static final int MOST_TOKENS = 22;

    private static final Pattern TOKEN = Pattern.compile("[a-z]+|[^a-z\\s]");

    private static final double LARGE = 0.1;
    private static final double SMALL = 0.008;

    /** With {@code %1$s} for the kind of room, {@code %2$s} for the same with an article, {@code %3$s} for the things. */
    private static final List<String> SENTENCES = List.of(
            "%2$s with %3$s",
            "a photo of %2$s with %3$s",
            "a photo of %3$s",
            "there is %3$s in this %1$s",
            "this %1$s has %3$s",
            "%3$s in %2$s",
            "in %2$s there is %3$s",
            "%3$s");

    private static final List<String> LISTS = List.of("%3$s", "%1$s: %3$s", "a photo of %2$s: %3$s", "%2$s with %3$s");
    private static final List<String> BARE = List.of("%2$s", "a photo of %2$s", "this is %2$s", "the inside of %2$s");
    private static final List<Joints> JOINTS =
            List.of(new Joints(", ", " and "), new Joints(", ", ", "), new Joints(" and ", " and "));
    private static final Joints TERSE = new Joints(" ", " ");
    private static final List<String> TIMES = List.of("once", "twice", "three times", "four times", "five times");

    private final String kind;
    private final Wording wording;
    private final Dice dice;

    VariedCaption(String kind, Wording wording, Dice dice) {
        this.kind = kind;
        this.wording = wording;
        this.dice = dice;
    }

    /** How often captions say what, as probabilities. */
    enum Wording {
        /** Nearly every picture shows walls, floor and ceiling: they are spoken of now and then. */
        VARIED(0.3, 0.75, 0.6, 0.5),

        /** Lists, in which there is room for many colours. */
        COLORS(0.8, 0.2, 0.1, 1);

        private final double parts;
        private final double articles;
        private final double nextTo;
        private final double details;

        /**
         * @param parts that a part of the room itself is spoken of
         * @param articles that things have articles, if they fit
         * @param nextTo that of two things next to each other that is said
         * @param details that more is said of a thing than its name
         */
        Wording(double parts, double articles, double nextTo, double details) {
            this.parts = parts;
            this.articles = articles;
            this.nextTo = nextTo;
            this.details = details;
        }

        /** Which things have a colour. */
        Visible.Coloring coloring() {
            return this == COLORS ? ColorWord::ofMost : ColorWord::of;
        }
    }

    /** What stands between things, and before the last. */
    private record Joints(String usual, String last) {}

    private record Item(Visible seen, String adjective, boolean counted, boolean nextTo) {
        static Item of(Visible seen) {
            return new Item(seen, "", false, false);
        }

        boolean isNear(Item other) {
            return seen.near().contains(other.seen.thing());
        }

        Item nextToNext() {
            return new Item(seen, adjective, counted, true);
        }

        String words(boolean articles) {
            String noun = seen.thing().word();
            if (counted) {
                return articles
                        ? "more than one " + noun
                        : noun + " " + TIMES.get(Math.min(seen.count(), TIMES.size()) - 1);
            }
            String described = adjective.isEmpty() ? noun : adjective + " " + noun;
            return articles ? withArticle(described) : described;
        }
    }

    private record Draft(String kind, String frame, boolean articles, Joints joints, List<Item> items) {
        String text() {
            StringBuilder list = new StringBuilder();
            for (int i = 0; i < items.size(); i++) {
                list.append(items.get(i).words(articles));
                if (i < items.size() - 1) {
                    list.append(joint(i));
                }
            }
            return String.format(Locale.ROOT, frame, kind, withArticle(kind), list);
        }

        private String joint(int i) {
            return items.get(i).nextTo ? " next to " : i == items.size() - 2 ? joints.last : joints.usual;
        }

        boolean fits() {
            return TOKEN.matcher(text()).results().count() <= MOST_TOKENS;
        }

        /** With another wording of one thing, unless that makes it too long. */
        Draft ifItFits(int i, Item item) {
            List<Item> changed = new ArrayList<>(items);
            changed.set(i, item);
            Draft longer = new Draft(kind, frame, articles, joints, changed);
            return longer.fits() ? longer : this;
        }
    }

    private static String withArticle(String words) {
        return ("aeiou".indexOf(words.charAt(0)) < 0 ? "a " : "an ") + words;
    }

    /**
     * @param drop probability that each thing is left out
     */
    String of(List<Visible> visible, double drop) {
        List<Item> items = new ArrayList<>();
        for (Visible seen : visible) {
            boolean spokenOf = !seen.thing().isPart() || dice.chance(wording.parts);
            if (!dice.chance(drop) && spokenOf) {
                items.add(Item.of(seen));
            }
        }
        shuffle(items);
        return items.isEmpty()
                ? new Draft(kind, dice.oneOf(BARE), false, TERSE, items).text()
                : detailed(draft(items)).text();
    }

    private void shuffle(List<Item> items) {
        for (int i = items.size() - 1; i > 0; i--) {
            Collections.swap(items, i, dice.below(i + 1));
        }
    }

    /** A sentence, or a list without articles if that is wanted or the sentence is too long. */
    private Draft draft(List<Item> items) {
        Draft sentence = new Draft(kind, dice.oneOf(SENTENCES), true, dice.oneOf(JOINTS), items);
        Draft list = new Draft(kind, dice.oneOf(LISTS), false, dice.chance(0.2) ? TERSE : sentence.joints, items);
        if (dice.chance(wording.articles) && sentence.fits()) {
            return sentence;
        }
        return list.fits() ? list : new Draft(kind, "%3$s", false, TERSE, items);
    }

    /** Adds what there is room for. */
    private Draft detailed(Draft draft) {
        Draft detailed = draft;
        for (int i : order(draft.items.size())) {
            Item item = detailed.items.get(i);
            if (i < draft.items.size() - 1 && item.isNear(draft.items.get(i + 1)) && dice.chance(wording.nextTo)) {
                detailed = detailed.ifItFits(i, item.nextToNext());
            }
        }
        for (int i : order(draft.items.size())) {
            if (dice.chance(wording.details)) {
                detailed = detailed.ifItFits(i, detail(detailed.items.get(i)));
            }
        }
        return detailed;
    }

    private List<Integer> order(int size) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(dice.below(i + 1), i);
        }
        return order;
    }

    private Item detail(Item item) {
        Visible seen = item.seen;
        if (wording == Wording.COLORS && seen.color().isPresent()) {
            return new Item(seen, seen.color().get().word(), false, item.nextTo);
        }
        if (seen.count() > 1) {
            return new Item(seen, "", true, item.nextTo);
        }
        List<String> adjectives = new ArrayList<>();
        seen.color().ifPresent(color -> adjectives.add(color.word()));
        if (!seen.thing().isPart() && (seen.share() > LARGE || seen.share() < SMALL)) {
            adjectives.add(seen.share() > LARGE ? "large" : "small");
        }
        return adjectives.isEmpty() ? item : new Item(seen, dice.oneOf(adjectives), false, item.nextTo);
    }
}
