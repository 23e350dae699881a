package io.latchkey.cli.help;

import static java.util.stream.Collectors.joining;

import io.latchkey.cli.command.CommandDescription;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion script for fish. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandSpec latchkey) {
        List<CommandDescription> all = CommandDescription.all(latchkey);
        return String.format(
                Locale.ROOT,
                """
            # fish completion for latchkey
            function __latchkey_at
                set -l command ''
                for word in (commandline -opc)[2..-1]
                    switch "$command $word"
            %s        end
                end
                test "$command" = "$argv[1]"
            end
            # Names of tokens, in the local file.
            function __latchkey_token_names
                set -l words (commandline -opc)
                set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
                type -q $program; or set program latchkey
                command $program %s -- $words[2..-1] (commandline -ct | string unescape) 2>/dev/null </dev/null
            end
            complete -c latchkey -e
            complete -c latchkey -f
            %s""",
                all.stream()
                        .flatMap(command -> command.members().stream())
                        .map(FishCompletion::step)
                        .collect(joining()),
                CompletionNames.NAME,
                all.stream()
                        .flatMap(FishCompletion::offers)
                        .map(line -> "complete -c latchkey " + line + "\n")
                        .collect(joining()));
    }

    private static String step(CommandDescription member) {
        int last = member.path().lastIndexOf(' ');
        String above = last < 0 ? "" : member.path().substring(0, last);
        return String.format(
                Locale.ROOT,
                "            case '%s %s'\n                set command '%s'\n",
                above,
                member.spec().name(),
                member.next());
    }

    private static Stream<String> offers(CommandDescription command) {
        String here = "-n '__latchkey_at \"" + command.path() + "\"' ";
        return Stream.of(
                        command.members().stream()
                                .map(member -> "-a " + member.spec().name() + about(member.about())),
                        command.spec().positionalParameters().stream()
                                .filter(parameter -> !(Completions.of(parameter) instanceof Completions.Nothing))
                                .map(parameter -> value(parameter).strip()),
                        command.options().stream().map(FishCompletion::option))
                .flatMap(lines -> lines)
                .map(line -> here + line);
    }

    private static String option(OptionSpec option) {
        return Stream.of(option.names())
                        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                        .collect(joining(" "))
                + (CommandDescription.takesValue(option) ? value(option) : "")
                + about(CommandDescription.sentence(option.description()));
    }

    private static String value(ArgSpec argument) {
        return switch (Completions.of(argument)) {
            case Completions.Words(var words) -> " -x -a '" + String.join(" ", words) + "'";
            case Completions.Files _ -> " -r -F";
            case Completions.Folders _ -> " -x -a '(__fish_complete_directories)'";
            case Completions.TokenFiles _ ->
                " -x -a '(commandline -ct | string match -rg \"^(?:--token=)?@(.*)\""
                        + " | read -l name; and __fish_complete_path $name | string replace -r \"^\" @)'";
            case Completions.TokenNames _ -> " -x -a '(__latchkey_token_names)'";
            case Completions.PermissionTypes _ ->
                " -x -a '" + String.join(" ", Completions.PermissionTypes.texts()) + "'";
            case Completions.Nothing _ -> " -x";
        };
    }

    private static String about(String sentence) {
        return " -d '"
                + CommandDescription.brief(sentence).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
