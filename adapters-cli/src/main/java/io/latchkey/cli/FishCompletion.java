package io.latchkey.cli;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What fish is told. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandSpec latchkey) {
        List<Described> all = Described.all(latchkey);
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
                        .flatMap(one -> one.members().stream())
                        .map(FishCompletion::step)
                        .collect(joining()),
                CompleteNames.NAME,
                all.stream()
                        .flatMap(FishCompletion::offers)
                        .map(line -> "complete -c latchkey " + line + "\n")
                        .collect(joining()));
    }

    private static String step(Described member) {
        int last = member.path().lastIndexOf(' ');
        String above = last < 0 ? "" : member.path().substring(0, last);
        return String.format(
                Locale.ROOT,
                "            case '%s %s'\n                set command '%s'\n",
                above,
                member.spec().name(),
                member.next());
    }

    private static Stream<String> offers(Described command) {
        String here = "-n '__latchkey_at \"" + command.path() + "\"' ";
        return Stream.of(
                        command.members().stream()
                                .map(member -> "-a " + member.spec().name() + about(member.about())),
                        command.spec().positionalParameters().stream()
                                .filter(parameter -> !(Suggestion.of(parameter) instanceof Suggestion.Nothing))
                                .map(parameter -> value(parameter).strip()),
                        command.options().stream().map(FishCompletion::option))
                .flatMap(lines -> lines)
                .map(line -> here + line);
    }

    private static String option(OptionSpec option) {
        return Stream.of(option.names())
                        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                        .collect(joining(" "))
                + (Described.takesValue(option) ? value(option) : "")
                + about(Described.sentence(option.description()));
    }

    private static String value(ArgSpec argument) {
        return switch (Suggestion.of(argument)) {
            case Suggestion.Words(var words) -> " -x -a '" + String.join(" ", words) + "'";
            case Suggestion.Files _ -> " -r -F";
            case Suggestion.Folders _ -> " -x -a '(__fish_complete_directories)'";
            case Suggestion.TokenFiles _ ->
                " -x -a '(commandline -ct | string match -rg \"^(?:--token=)?@(.*)\""
                        + " | read -l name; and __fish_complete_path $name | string replace -r \"^\" @)'";
            case Suggestion.TokenNames _ -> " -x -a '(__latchkey_token_names)'";
            case Suggestion.Nothing _ -> " -x";
        };
    }

    private static String about(String sentence) {
        return " -d '" + Described.brief(sentence).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
