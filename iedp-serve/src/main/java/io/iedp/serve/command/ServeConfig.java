package io.iedp.serve.command;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of {@code iedp serve}. */
public record ServeConfig(
        @Positional("RUN")
        @NotEmpty
        @Doc(
                "The folder of a run, or the name of a model that comes with IEDP, as in rooms; NAME=RUN has requests call it otherwise than its folder is called.")
        List<String> runs,

        @Doc("Where it listens; 0 takes any that is free.") @Default("8080") @Range(min = 0, max = 65535)
        int port,

        @Doc("The address of this machine at which it listens; 0.0.0.0 is all of them, for other machines.")
        @Default("127.0.0.1")
        String host,

        @Doc("Take the weights that were the best in training, not the last ones.") @Default("false")
        boolean best,

        @Doc("A file with a token, which requests then must bring as Authorization: Bearer TOKEN.")
        Optional<Path> tokenFile,

        @Doc("A folder with pictures that the page offers to try (drawn rooms without it).")
        Optional<Path> examples,

        @Doc("Pictures of one size that a model computes together (8 on a GPU, 1 on a CPU).")
        @Range(min = 1, max = 1024)
        Optional<Integer> batch,

        @Doc("Pictures that wait; further ones are refused with 503.") @Default("32") @Range(min = 1, max = 100000)
        int queue,

        @Doc("Most megabytes of a request.") @Default("20") @Range(min = 0.001, max = 2000)
        double maxBody,

        @Doc("Most megapixels of a picture.") @Default("40") @Range(min = 0.001, max = 700)
        double maxPixels,

        @Doc("Most seconds from a request to its answer.") @Default("60") @Range(min = 0.001, max = 86400)
        double timeout,

        @Doc("Most seconds for answering what was accepted before it ends.") @Default("30") @Range(min = 0, max = 86400)
        double drain,

        @Doc("Connections that are open at once; further ones wait.") @Default("1000") @Range(min = 1, max = 1000000)
        int connections,

        @Doc(
                "Shrink larger pictures until the longer side has N pixels before the model sees them; 0 leaves them as they are (until the shorter side is as in training, without it).")
        @Range(min = 0)
        Optional<Integer> longest,

        @Doc("What the guidance is told by requests that say nothing, as in text.caption='a room'.") @Default("{}")
        Map<String, String> text) {}
