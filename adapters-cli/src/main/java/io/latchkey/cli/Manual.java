package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.latchkey.cli.command.CommandDescription;
import io.latchkey.cli.help.ManualPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the manual pages: {@code latchkey(1)}, and one for each command.
 *
 * <p>Generated from the command specs when Latchkey is packaged. picocli's own generator writes AsciiDoc, which would
 * need Ruby in the build.
 */
final class Manual {
    private Manual() {}

    /** Writes all pages to a folder. Their date is an argument, so that the build is reproducible. */
    static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]).resolve("man1"));
        for (Map.Entry<String, String> page :
                pages(args[1].substring(0, "2026-01-01".length())).entrySet()) {
            Files.writeString(folder.resolve(page.getKey() + ".1"), page.getValue(), US_ASCII);
        }
    }

    /** Every page by its name. */
    static Map<String, String> pages(String day) {
        List<CommandDescription> all = CommandDescription.all(new RootCommand(new Assembly()).spec());
        List<CommandDescription> commands =
                all.stream().filter(command -> command.members().isEmpty()).toList();
        Map<String, String> pages = new TreeMap<>();
        pages.put(ManualPage.name(all.getFirst()), new ManualPage(day).of(all.getFirst(), commands));
        commands.forEach(command -> pages.put(ManualPage.name(command), new ManualPage(day).of(command, List.of())));
        return pages;
    }
}
