package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlEntitiesTest {
    /** What ftfy 6.3.1 gives with its other fixes off; for numbers it calls {@code html.unescape} of Python 3.11. */
    static Stream<Arguments> decoded() {
        return Stream.of(
                Arguments.of("caf&eacute; &amp;amp; bar", "caf\u00e9 & bar"),
                Arguments.of("CAF&EACUTE;", "CAF\u00c9"),
                Arguments.of("&copy 2020", "&copy 2020"),
                Arguments.of("AT&amp;T", "AT&T"),
                Arguments.of("fish &amp chips", "fish &amp chips"),
                Arguments.of("R&D;", "R&D;"),
                Arguments.of("&notin;", "\u2209"),
                Arguments.of("&notit;", "&notit;"),
                Arguments.of("&NOTIN;", "\u2209"),
                Arguments.of("&NotEqualTilde;", "\u2242\u0338"),
                Arguments.of("&lt;b&gt; &amp;amp;", "<b> &"),
                Arguments.of("<b>&amp;</b>", "<b>&amp;</b>"),
                Arguments.of("&fjlig;", "fj"),
                Arguments.of("&hearts;", "\u2665"),
                Arguments.of("&#39;", "'"),
                Arguments.of("&#x27;", "'"),
                Arguments.of("&#X41;", "A"),
                Arguments.of("&#128;", "\u20ac"),
                Arguments.of("&#x9f;", "\u0178"),
                Arguments.of("&#129;", "\u0081"),
                Arguments.of("&#0;", "\ufffd"),
                Arguments.of("&#1;", ""),
                Arguments.of("&#127;", ""),
                Arguments.of("&#xfdd0;", ""),
                Arguments.of("&#x1fffe;", ""),
                Arguments.of("&#xd800;", "\ufffd"),
                Arguments.of("&#1114112;", "\ufffd"),
                Arguments.of("&#99999999999999999999;", "\ufffd"),
                Arguments.of("&#59;", "&#59;"),
                Arguments.of("&semi;", ";"),
                Arguments.of("&SEMI;", ";"),
                Arguments.of("&#12a;", "&#12a;"),
                Arguments.of("&#x;", "&#x;"),
                Arguments.of("&1;", "&1;"));
    }

    @ParameterizedTest
    @MethodSource
    void decoded(String text, String expected) {
        assertThat(HtmlEntities.unescape(text)).isEqualTo(expected);
    }

    /** As if all were decoded again and again until nothing changes. */
    @Test
    void entitiesOfEntitiesAreDecoded() {
        assertThat(HtmlEntities.unescape("&am&#112;;lt&semi; &&#x61;mp;gt; &#38;#38;#65;"))
                .isEqualTo("< > A");
    }
}
