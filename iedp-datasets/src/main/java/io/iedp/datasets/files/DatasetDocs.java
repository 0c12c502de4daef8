package io.iedp.datasets.files;

/** What the keys mean that data sets of one's own have in common. */
final class DatasetDocs {
    static final String DEPTH_UNIT = "Metres that one unit of a depth map stands for.";
    static final String MAX_DEPTH = "Largest depth that counts, in metres.";
    static final String REDUCE_ZERO_LABEL =
            "Whether label 0 stands for nothing and the classes begin at 1, as in ADE20K.";
    static final String IGNORE = "Labels that do not count, besides 255, as they are in the files.";

    private DatasetDocs() {}
}
