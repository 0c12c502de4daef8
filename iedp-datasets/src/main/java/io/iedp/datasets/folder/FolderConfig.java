package io.iedp.datasets.folder;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an experiment file says about the data set {@code folder}. */
public record FolderConfig(
        @Doc("The folder of the whole data set.") Path root,

        @Doc("The part to read: a folder inside of images and of annotations, such as training.")
        Optional<String> split,

        @Doc("Folder of the pictures, JPEG or PNG.") @Default("images") @NotEmpty
        String images,

        @Doc("Folder of the label maps, 8-bit PNG; \"\" when there are none.") @Default("annotations")
        String labels,

        @Doc("What a label map's name has after the picture's name.") @Default(".png") @NotEmpty
        String labelEnding,

        @Doc("Folder of the depth maps, 16-bit PNG; \"\" when there are none.") @Default("''")
        String depth,

        @Doc("Metres that one unit of a depth map stands for.") @Default("0.001") @Range(min = 1e-9, max = 1e6)
        double depthUnit,

        @Doc("Largest depth that counts, in metres.") @Default("10") @Range(min = 1e-6, max = 1e6)
        double maxDepth,

        @Doc("Names of the classes, in the order of their labels; without them, classes.txt in the root is read: a "
                + "name a line, and perhaps a colour, as in 'wall, #9a9a8e'.")
        @Default("[]")
        List<String> classNames,

        @Doc("Whether label 0 stands for nothing and the classes begin at 1, as in ADE20K.") @Default("false")
        boolean reduceZeroLabel,

        @Doc("Labels that do not count, besides 255, as they are in the files.")
        @Default("[]")
        @Range(min = 0, max = 255)
        List<Integer> ignore,

        @Doc("Use only the first pictures, in the order of their names.") @Range(min = 1, max = 1e9)
        Optional<Integer> limit) {}
