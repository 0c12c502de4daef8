package io.iedp.backbone;

import io.iedp.nn.files.ArrayConversion;
import io.iedp.nn.files.RenamedSource.Renamed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of diffusers for those of CompVis' code. CompVis numbers the blocks of all levels through; where a level
 * ends is seen from the change of size that its last block has. Other names stay, so that errors can tell them.
 */
final class CompVisNames {
    private static final Pattern BLOCK = Pattern.compile("((?:input|output)_blocks\\.(\\d{1,4}))\\.(\\d)\\.(.+)");
    private static final Pattern UP = Pattern.compile("decoder\\.up\\.(\\d{1,4})\\.(.+)");

    private static final Map<String, String> UNET_PARTS = Map.of(
            "time_embed.0.", "time_embedding.linear_1.",
            "time_embed.2.", "time_embedding.linear_2.",
            "input_blocks.0.0.", "conv_in.",
            "middle_block.0.", "mid_block.resnets.0.",
            "middle_block.1.", "mid_block.attentions.0.",
            "middle_block.2.", "mid_block.resnets.1.",
            "out.0.", "conv_norm_out.",
            "out.2.", "conv_out.");

    private static final Map<String, String> RESNET_PARTS = Map.of(
            "in_layers.0.", "norm1.",
            "in_layers.2.", "conv1.",
            "emb_layers.1.", "time_emb_proj.",
            "out_layers.0.", "norm2.",
            "out_layers.3.", "conv2.",
            "skip_connection.", "conv_shortcut.");

    /** In the order in which they are replaced. */
    private static final List<String[]> VAE_PARTS = List.of(
            new String[] {"\\.block\\.(\\d+)\\.", ".resnets.$1."},
            new String[] {"\\.mid\\.block_1\\.", ".mid_block.resnets.0."},
            new String[] {"\\.mid\\.block_2\\.", ".mid_block.resnets.1."},
            new String[] {"\\.mid\\.attn_1\\.norm\\.", ".mid_block.attentions.0.group_norm."},
            new String[] {"\\.mid\\.attn_1\\.([qkv])\\.", ".mid_block.attentions.0.to_$1."},
            new String[] {"\\.mid\\.attn_1\\.proj_out\\.", ".mid_block.attentions.0.to_out.0."},
            new String[] {"\\.nin_shortcut\\.", ".conv_shortcut."},
            new String[] {"\\.downsample\\.conv\\.", ".downsamplers.0.conv."},
            new String[] {"\\.upsample\\.conv\\.", ".upsamplers.0.conv."},
            new String[] {"^encoder\\.down\\.", "encoder.down_blocks."},
            new String[] {"^(encoder|decoder)\\.norm_out\\.", "$1.conv_norm_out."});

    private static final Pattern VAE_PROJECTION = Pattern.compile(".+\\.mid\\.attn_1\\.(q|k|v|proj_out)\\.weight");

    private CompVisNames() {}

    /**
     * @param names of all arrays of the UNet
     */
    static UnaryOperator<String> unet(Set<String> names) {
        Map<String, String> blocks = blocks(names);
        return name -> {
            Matcher block = BLOCK.matcher(name);
            String place = block.matches() ? blocks.get(block.group(1) + "." + block.group(3)) : null;
            if (place == null) {
                return inner(replaced(name, UNET_PARTS));
            }
            return inner(place + block.group(4));
        };
    }

    /** Where each part of the numbered blocks belongs. */
    private static Map<String, String> blocks(Set<String> unordered) {
        NavigableSet<String> names = new TreeSet<>(unordered);
        Map<String, String> places = new HashMap<>();
        Counter down = new Counter("down_blocks");
        for (int i = 1; has(names, "input_blocks.%s.0.".formatted(i)); i++) {
            String block = "input_blocks.%s.".formatted(i);
            if (has(names, block + "0.op.")) {
                places.put(block + "0", down.resize("downsamplers.0."));
            } else {
                down.block(places, block, has(names, block + "1."));
            }
        }
        Counter up = new Counter("up_blocks");
        for (int i = 0; has(names, "output_blocks.%s.0.".formatted(i)); i++) {
            String block = "output_blocks.%s.".formatted(i);
            boolean resizesFirst = has(names, block + "1.conv.");
            up.block(places, block, has(names, block + "1.") && !resizesFirst);
            if (resizesFirst || has(names, block + "2.conv.")) {
                places.put(block + (resizesFirst ? "1" : "2"), up.resize("upsamplers.0."));
            }
        }
        return places;
    }

    private static boolean has(NavigableSet<String> names, String prefix) {
        String first = names.ceiling(prefix);
        return first != null && first.startsWith(prefix);
    }

    /** Counts levels and the blocks in them. */
    private static final class Counter {
        private final String side;
        private int level;
        private int layer;

        Counter(String side) {
            this.side = side;
        }

        void block(Map<String, String> places, String name, boolean attends) {
            places.put(name + "0", "%s.%s.resnets.%s.".formatted(side, level, layer));
            if (attends) {
                places.put(name + "1", "%s.%s.attentions.%s.".formatted(side, level, layer));
            }
            layer++;
        }

        String resize(String name) {
            layer = 0;
            return "%s.%s.%s".formatted(side, level++, name);
        }
    }

    private static String inner(String name) {
        int resnet = name.indexOf(".resnets.");
        if (resnet < 0) {
            return name.replace(".downsamplers.0.op.", ".downsamplers.0.conv.");
        }
        int part = name.indexOf('.', resnet + ".resnets.".length()) + 1;
        return name.substring(0, part) + replaced(name.substring(part), RESNET_PARTS);
    }

    private static String replaced(String name, Map<String, String> parts) {
        for (Map.Entry<String, String> each : parts.entrySet()) {
            if (name.startsWith(each.getKey())) {
                return each.getValue() + name.substring(each.getKey().length());
            }
        }
        return name;
    }

    /**
     * @param names of all arrays of the autoencoder
     */
    static Function<String, List<Renamed>> vae(Set<String> names) {
        int levels = 1
                + names.stream()
                        .map(UP::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(up -> Integer.parseInt(up.group(1)))
                        .max()
                        .orElse(0);
        return name -> {
            String renamed = name;
            for (String[] each : VAE_PARTS) {
                renamed = renamed.replaceAll(each[0], each[1]);
            }
            Matcher up = UP.matcher(renamed);
            if (up.matches()) {
                // CompVis counts the decoder's levels from the finest, diffusers from the coarsest.
                renamed = "decoder.up_blocks.%s.%s".formatted(levels - 1 - Integer.parseInt(up.group(1)), up.group(2));
            }
            return List.of(new Renamed(
                    renamed,
                    VAE_PROJECTION.matcher(name).matches()
                            ? ArrayConversion.CONVOLUTION_TO_LINEAR
                            : ArrayConversion.NONE));
        };
    }
}
