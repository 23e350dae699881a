package io.latchkey.cli.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.domain.TokenDigest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Searches the staged changes of the git repository in the working directory. Reports a secret only if the changed
 * files contain it more often than before; so a commit may remove a secret, move it, or edit the line next to it.
 *
 * <p>Reads the bytes that will be committed, not the output of {@code git diff}, which omits files with the attribute
 * {@code binary} or a NUL byte, and converts others with {@code textconv}.
 */
final class StagedChanges {
    private static final String LINK_TO_COMMIT = "160000";

    private final Consumer<Candidate> candidates;
    private final IntConsumer progress;
    private long files;

    /** A changed file; an object name of zeros means that there is no such version. */
    private record Staged(String path, String before, String after) {}

    StagedChanges(Consumer<Candidate> candidates, IntConsumer progress) {
        this.candidates = candidates;
        this.progress = progress;
    }

    /** Searches all staged changes. */
    void search() {
        try {
            List<Staged> changes = changes();
            Map<TokenDigest, Integer> counts = new HashMap<>();
            SecretSearch before = new SecretSearch(
                    candidate -> counts.merge(candidate.secret().digest(), 1, Integer::sum), progress);
            SecretSearch after = new SecretSearch(
                    candidate -> {
                        if (counts.merge(candidate.secret().digest(), -1, Integer::sum) < 0) {
                            candidates.accept(candidate);
                        }
                    },
                    progress);
            Process git = start("cat-file", "--batch");
            try (OutputStream names = git.getOutputStream();
                    InputStream contents = new BufferedInputStream(git.getInputStream())) {
                for (Staged change : changes) {
                    search(before, change.before(), change.path(), names, contents);
                }
                for (Staged change : changes) {
                    search(after, change.after(), change.path(), names, contents);
                    files++;
                }
            }
        } catch (IOException e) {
            throw new AuthorityUnavailable("git cannot list the staged changes", e);
        }
    }

    private static void search(
            SecretSearch search, String object, String path, OutputStream names, InputStream contents)
            throws IOException {
        if (object.matches("0+")) {
            return;
        }
        names.write((object + "\n").getBytes(US_ASCII));
        names.flush();
        String[] head = word(contents, '\n').split(" ", -1);
        if (head.length != 3) {
            throw new IOException("git does not have " + object);
        }
        BoundedInputStream content = new BoundedInputStream(contents, Long.parseLong(head[2]));
        search.stream(content, path);
        content.skipNBytes(content.left());
        word(contents, '\n');
    }

    private static List<Staged> changes() throws IOException {
        if (!succeed("rev-parse", "--is-inside-work-tree").strip().equals("true")) {
            throw notListed(); // in a bare repository, git would list no changes
        }
        boolean first = ask("rev-parse", "--verify", "--quiet", "HEAD").code() != 0;
        // The name of the empty tree depends on the hash algorithm of the repository.
        String commit = first ? succeed("hash-object", "-t", "tree", "--stdin").strip() : "HEAD";
        String[] fields = succeed("diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", commit)
                .split("\0", -1);
        List<Staged> changes = new ArrayList<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String[] words = fields[i].split(" ", -1);
            if (!words[1].equals(LINK_TO_COMMIT)) {
                String before = words[0].equals(":" + LINK_TO_COMMIT) ? "0" : words[2];
                changes.add(new Staged(fields[i + 1], before, words[3]));
            }
        }
        return changes;
    }

    private record Answer(int code, String text) {}

    private static String succeed(String... words) throws IOException {
        Answer answer = ask(words);
        if (answer.code() != 0) {
            throw notListed();
        }
        return answer.text();
    }

    private static AuthorityUnavailable notListed() {
        return new AuthorityUnavailable(
                "git cannot list the staged changes: this folder is not in a repository with a work"
                        + " tree, or the index is damaged");
    }

    private static Answer ask(String... words) throws IOException {
        Process git = start(words);
        git.getOutputStream().close();
        String text = new String(git.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Answer(git.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AuthorityUnavailable("git cannot be started: is it in the PATH?", e);
        }
    }

    private static String word(InputStream in, int end) throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (int b = in.read(); b != end; b = in.read()) {
            if (b < 0) {
                throw new EOFException("git ended early");
            }
            word.write(b);
        }
        return word.toString(UTF_8);
    }

    String summary() {
        return files == 1 ? "1 changed file" : files + " changed files";
    }
}
