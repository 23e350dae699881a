package io.latchkey.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Commands that a document prints, to be run in a folder that holds {@code latchkey} and is the home of its user. */
record PrintedCommands(Path folder) {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern COMMANDS = Pattern.compile("(?s)\n```sh\n(.*?)```\n");

    static PrintedCommands in(Path folder) throws IOException {
        Files.createSymbolicLink(
                folder.resolve("latchkey"), REPOSITORY.resolve("adapters-cli/target/image/bin/latchkey"));
        return new PrintedCommands(folder);
    }

    /** All that a text prints as shell commands, in order. */
    static String of(String text) {
        return COMMANDS.matcher(text).results().map(block -> block.group(1)).collect(joining());
    }

    /** A shell with nothing in its environment but the path of programs and a home. */
    ProcessBuilder bash(String script, String... options) {
        List<String> words = new ArrayList<>(List.of("bash"));
        words.addAll(List.of(options));
        words.addAll(List.of("-c", script));
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", folder.toString());
        return builder;
    }
}
