package io.latchkey.cli.help;

import static java.util.stream.Collectors.joining;

import io.latchkey.cli.command.CommandDescription;
import io.latchkey.cli.command.EnvironmentSection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a manual page in the format of {@code man(7)}. */
public final class ManualPage {
    private final StringBuilder page = new StringBuilder();
    private final String day;

    public ManualPage(String day) {
        this.day = day;
    }

    /** The name of the page of a command. */
    public static String name(CommandDescription command) {
        return ("latchkey " + command.path()).strip().replace(' ', '-');
    }

    /** The page of a command and its subcommands. */
    public String of(CommandDescription command, List<CommandDescription> members) {
        String name = name(command);
        page.append(String.format(
                Locale.ROOT,
                ".TH \"%s\" 1 \"%s\" \"Latchkey %s\" \"Latchkey Manual\"\n",
                text(name.toUpperCase(Locale.ROOT)),
                day,
                Version.number()));
        page.append(".nh\n.ad l\n"); // no hyphenation, so that text can be copied
        section("NAME");
        page.append(text(name))
                .append(" \\- ")
                .append(text(lead(command.about())))
                .append('\n');
        section("SYNOPSIS");
        page.append(synopsis(command)).append('\n');
        section("DESCRIPTION");
        page.append(text(command.about())).append('\n');
        if (!members.isEmpty()) {
            section("COMMANDS");
            members.forEach(
                    member -> item(bold(member.path()), text(member.about()) + "\nSee " + reference(member) + "."));
        }
        section("OPTIONS");
        command.spec().positionalParameters().forEach(parameter -> item(label(parameter), text(about(parameter))));
        command.options().forEach(option -> item(names(option), text(about(option))));
        if (members.isEmpty()) {
            footer(List.of(command.spec().usageMessage().footer()));
            environment(EnvironmentSection.entries(command.spec()));
        }
        section("EXIT STATUS");
        item("0", "Success.");
        item("1", "The command was refused, or failed.");
        item("2", "The command line is invalid.");
        section("SEE ALSO");
        page.append(
                        members.isEmpty()
                                ? bold("latchkey") + "(1)"
                                : members.stream().map(ManualPage::reference).collect(joining(",\n")))
                .append('\n');
        return page.toString();
    }

    /** Writes the footer of the help: examples literally, other lines in two columns. */
    private void footer(List<String> lines) {
        boolean literal = false;
        for (String line : lines) {
            if (line.endsWith(":") && !line.startsWith(" ")) {
                section(line.substring(0, line.length() - 1).toUpperCase(Locale.ROOT));
                literal = line.startsWith("Example");
            } else if (literal && !line.isBlank()) {
                page.append(page.toString().matches("(?s).*\\.SH \"[A-Z ]+\"\n") ? ".nf\n" : ".PP\n.nf\n")
                        .append(text(line.strip()))
                        .append("\n.fi\n");
            } else if (!line.isBlank()) {
                String[] columns = line.strip().split(" {2,}", 2);
                item(bold(columns[0]), text(columns.length < 2 ? "" : columns[1]));
            }
        }
    }

    private void environment(List<EnvironmentSection.Entry> entries) {
        if (!entries.isEmpty()) {
            section("ENVIRONMENT");
            entries.forEach(entry -> item(bold(entry.names()), text(entry.meaning())));
        }
    }

    private static String synopsis(CommandDescription command) {
        String typed = "latchkey " + command.path();
        String[] custom = command.spec().usageMessage().customSynopsis();
        if (custom.length > 0) {
            return Stream.of(custom)
                    .map(line -> bold(line.strip().replace(" [OPTIONS]", "")) + " [" + italic("OPTIONS") + "]")
                    .collect(joining("\n.br\n"));
        }
        if (!command.members().isEmpty()) {
            return bold("latchkey") + " " + italic("COMMAND") + " [" + italic("OPTIONS") + "]";
        }
        return bold(typed)
                + command.spec().positionalParameters().stream()
                        .map(parameter -> " " + label(parameter))
                        .collect(joining())
                + " [" + italic("OPTIONS") + "]";
    }

    private static String names(OptionSpec option) {
        return Stream.of(option.names()).map(ManualPage::bold).collect(joining(", "))
                + (CommandDescription.takesValue(option) ? " " + label(option) : "");
    }

    private static String label(ArgSpec argument) {
        return italic(argument.paramLabel().replaceAll("[<>]", ""));
    }

    private static String about(ArgSpec argument) {
        return CommandDescription.sentence(argument.description()) + ".";
    }

    /** The first clause, without a capital letter and a full stop. */
    private static String lead(String sentence) {
        String brief = CommandDescription.brief(sentence.replaceFirst("^Latchkey ", ""));
        return brief.substring(0, 1).toLowerCase(Locale.ROOT) + brief.substring(1);
    }

    private static String reference(CommandDescription member) {
        return bold(name(member)) + "(1)";
    }

    private void section(String name) {
        page.append(".SH \"").append(name).append("\"\n");
    }

    private void item(String term, String explanation) {
        page.append(".TP\n").append(term).append('\n').append(explanation).append('\n');
    }

    private static String bold(String text) {
        return "\\fB" + text(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + text(text) + "\\fR";
    }

    /** Escapes text for roff, so that it can be copied unchanged from the page. */
    private static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                default -> {
                    if (c < 0x80) {
                        escaped.append((char) c);
                    } else {
                        escaped.append(String.format(Locale.ROOT, "\\[u%04X]", c));
                    }
                }
            }
        });
        return (text.startsWith(".") ? "\\&" : "") + escaped;
    }
}
