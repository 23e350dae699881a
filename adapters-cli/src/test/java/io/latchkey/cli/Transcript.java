package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.terminal.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation with the command line, as a text file.
 *
 * <p>{@code #} comment, {@code $} command, {@code <} line of standard input, {@code >} of standard output, {@code !} of
 * standard error, {@code =} exit code. Secrets are numbered in the order of their appearance and written {@code
 * apiv3_{1}}, the folder of the conversation {@code {dir}}, in commands as well as in answers; room on the disk is {@code
 * {n}}.
 */
final class Transcript {
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]{86}");
    private static final Pattern FREE_DISK = Pattern.compile("\\d+ MiB are free");
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

    private final Servers authorities;
    private final Path dir;
    private final Map<String, String> variables;
    private final List<String> secrets = new ArrayList<>();

    Transcript(Servers authorities, Path dir, Map<String, String> variables) {
        this.authorities = authorities;
        this.dir = dir;
        this.variables = variables;
    }

    /** The conversation with the answers that are given now. */
    String replay(String recorded) {
        StringBuilder replayed = new StringBuilder();
        List<String> lines = recorded.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("$ ")) {
                StringBuilder input = new StringBuilder();
                replayed.append(line).append('\n');
                for (; i + 1 < lines.size() && lines.get(i + 1).startsWith("< "); i++) {
                    replayed.append(lines.get(i + 1)).append('\n');
                    input.append(lines.get(i + 1).substring(2)).append('\n');
                }
                run(line.substring(2), input.toString(), replayed);
            } else if (line.startsWith("#") || line.isEmpty()) {
                replayed.append(line).append('\n');
            }
        }
        return replayed.toString();
    }

    private void run(String command, String input, StringBuilder replayed) {
        Map<String, String> environment = new HashMap<>(variables);
        List<String> words = words(command);
        while (words.getFirst().contains("=")) {
            String[] assignment = words.removeFirst().split("=", 2);
            environment.put(assignment[0], assignment[1]);
        }
        words.removeFirst();
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(
                new Environment(
                        environment,
                        new ByteArrayInputStream(unmasked(input).getBytes(UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        () -> environment.containsKey("ON_A_TERMINAL")),
                authorities,
                words.toArray(String[]::new));
        replayed.append(quoted("> ", out.toString()))
                .append(quoted("! ", err.toString()))
                .append("= ")
                .append(code)
                .append('\n');
    }

    private List<String> words(String command) {
        List<String> words = new ArrayList<>();
        for (MatchResult word : WORD.matcher(unmasked(command)).results().toList()) {
            if (word.group(1) != null) {
                words.add(escapes(word.group(1)));
            } else {
                words.add(word.group(2) != null ? word.group(2) : word.group(3));
            }
        }
        return words;
    }

    private static String escapes(String text) {
        return UNICODE.matcher(text)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))))
                .translateEscapes();
    }

    private String unmasked(String text) {
        String unmasked = text.replace("{dir}", dir.toString());
        for (int i = 0; i < secrets.size(); i++) {
            unmasked = unmasked.replace("apiv3_{" + (i + 1) + "}", secrets.get(i));
        }
        return unmasked;
    }

    private String masked(String text) {
        String here = FREE_DISK.matcher(text.replace(dir.toString(), "{dir}")).replaceAll("{n} MiB are free");
        return SECRET.matcher(here).replaceAll(secret -> {
            if (!secrets.contains(secret.group())) {
                secrets.add(secret.group());
            }
            return Matcher.quoteReplacement("apiv3_{" + (secrets.indexOf(secret.group()) + 1) + "}");
        });
    }

    private String quoted(String sign, String text) {
        StringBuilder quoted = new StringBuilder();
        masked(text)
                .lines()
                .forEach(line -> quoted.append((sign + line.replace("\u001b", "\\e")).stripTrailing())
                        .append('\n'));
        if (!text.isEmpty() && !text.endsWith("\n")) {
            quoted.append(sign).append("(no line feed)\n");
        }
        return quoted.toString();
    }

    static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
