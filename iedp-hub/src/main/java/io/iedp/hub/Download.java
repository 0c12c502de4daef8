package io.iedp.hub;

import io.iedp.api.UserException;
import io.iedp.api.nn.TransferListener;
import io.iedp.io.file.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Brings one file from a hub to a place on disk: goes on after cuts, and checks its hash. */
final class Download {
    private static final int BUFFER = 1 << 18;
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final HubClient client;
    private final HubName name;
    private final String path;
    private final Path part;
    private final TransferListener listener;
    private RemoteFile remote;
    private boolean begunAnew;
    private int failures;

    /**
     * @param part what is there is gone on with
     */
    Download(HubClient client, HubName name, String path, RemoteFile remote, Path part, TransferListener listener) {
        this.client = client;
        this.name = name;
        this.path = path;
        this.remote = remote;
        this.part = part;
        this.listener = listener;
    }

    /**
     * Returns when the file is whole and its hash is right.
     *
     * @throws UserException if that cannot be
     */
    void run() {
        try {
            long have = Files.exists(part) ? Files.size(part) : 0;
            begunAnew = have == 0;
            if (have > remote.size()) {
                startAgain();
            }
            while (true) {
                if (Files.exists(part) && Files.size(part) == remote.size()) {
                    String hash = ContentHash.of(part, remote.hash());
                    if (hash.equals(remote.hash())) {
                        return;
                    }
                    Files.delete(part);
                    if (begunAnew) {
                        throw new UserException(
                                "%s of %s came damaged: its hash should be %s, but is %s. It is not kept; try again, or ask who runs the hub."
                                        .formatted(path, name.shown(), remote.hash(), hash));
                    }
                    begunAnew = true; // what an earlier run left may have been wrong
                }
                transfer(Files.exists(part) ? Files.size(part) : 0);
            }
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(part, e), e);
        }
    }

    private void startAgain() throws IOException {
        Files.deleteIfExists(part);
        begunAnew = true;
    }

    private void transfer(long have) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client.get(remote.location(), have);
        } catch (IOException e) {
            if (failures + 1 >= Pauses.ATTEMPTS) {
                throw client.unreachable(remote.location(), e);
            }
            failed(String.valueOf(e.getMessage()), Optional.empty());
            return;
        }
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            HttpHeaders headers = response.headers();
            if (status == 200 || status == 206 && begins(headers) == have) {
                boolean resumed = status == 206;
                if (!resumed && have > 0) {
                    begunAnew = true;
                }
                receive(body, resumed ? have : 0);
            } else if (status == 206 || status == 416) {
                startAgain();
                failed("it does not go on where it was asked to", Optional.empty());
            } else if (status == 401 || status == 403) {
                failed("its address is refused", Optional.empty());
                askAgain();
            } else if (Pauses.isForAMoment(status)) {
                failed("it answers " + status, Optional.of(headers));
            } else {
                throw client.refused(status, headers, name, path);
            }
        }
    }

    private static long begins(HttpHeaders headers) {
        String range = headers.firstValue("Content-Range").orElse("");
        return range.matches("bytes \\d{1,15}-.*")
                ? Long.parseLong(range.substring("bytes ".length(), range.indexOf('-')))
                : -1;
    }

    /** Signed addresses end; the hub gives fresh ones. */
    private void askAgain() {
        RemoteFile fresh = client.head(name.at(remote.commit()), path)
                .orElseThrow(() -> new UserException("%s has no %s any more".formatted(name.shown(), path)));
        if (!fresh.hash().equals(remote.hash())) {
            throw new UserException("%s of %s changed while it was downloaded".formatted(path, name.shown()));
        }
        remote = fresh;
    }

    private void receive(InputStream body, long from) throws IOException {
        long at = from;
        byte[] buffer = new byte[BUFFER];
        String failure = "the connection was cut";
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                StallWatch watch = new StallWatch(body, STALLED)) {
            channel.truncate(from);
            channel.position(from);
            while (true) {
                int read;
                try {
                    read = body.read(buffer);
                } catch (IOException e) {
                    read = -1; // cut
                    failure = watch.stalled() ? "nothing comes any more" : String.valueOf(e.getMessage());
                }
                if (read < 0) {
                    break;
                }
                watch.alive();
                if (at + read > remote.size()) {
                    channel.truncate(0);
                    throw new UserException(
                            "The server sends more of %s of %s than the %s bytes that it has; it was stopped."
                                    .formatted(path, name.shown(), remote.size()));
                }
                AtomicFiles.write(channel, ByteBuffer.wrap(buffer, 0, read));
                at += read;
                listener.advanced("MiB of " + path, (int) (at >> 20), (int) Math.max(1, remote.size() >> 20));
            }
            channel.force(true);
        }
        if (at > from) {
            failures = 0;
        }
        if (at < remote.size()) {
            failed(failure, Optional.empty());
        }
    }

    private void failed(String reason, Optional<HttpHeaders> headers) {
        failures++;
        if (failures >= Pauses.ATTEMPTS) {
            throw new UserException(
                    "%s of %s cannot be downloaded: %s, %s times in a row. What has come is kept, and the next start goes on with it."
                            .formatted(path, name.shown(), reason, failures));
        }
        client.pauses().before(failures, headers);
    }
}
