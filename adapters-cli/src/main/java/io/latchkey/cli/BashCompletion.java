package io.latchkey.cli;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What bash is told; as old a bash as macOS has understands it. */
final class BashCompletion {
    private BashCompletion() {}

    static String script(CommandSpec latchkey) {
        List<Described> all = Described.all(latchkey);
        return String.format(
                Locale.ROOT,
                """
            # bash completion for latchkey
            _latchkey() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' words='' members='' options='' i line
              # --format=json is three words to bash.
              if [ "$cur" = = ]; then
                cur=''
              elif [ "$prev" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
                prev=${COMP_WORDS[COMP_CWORD-2]}
              fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "$command ${COMP_WORDS[i]}" in
            %s    esac
              done
              COMPREPLY=()
              case "$command $prev" in
            %s    *)
                  case "$command" in
            %s      esac
                  # Options only when asked for, unless there is nothing else.
                  case "$cur" in
                    -*) words=$options ;;
                    *) words=${members:-$options} ;;
                  esac ;;
              esac
              while IFS= read -r line; do
                COMPREPLY+=("$line")
              done < <(compgen -W "$words" -- "$cur")
            }
            _latchkey_names() {
              local line prefix=$1
              shift
              compopt "$@" 2>/dev/null
              while IFS= read -r line; do
                COMPREPLY+=("$prefix$line")
              done
            }
            complete -F _latchkey latchkey
            """,
                all.stream()
                        .flatMap(one -> one.members().stream())
                        .map(one -> "      " + step(one) + "\n")
                        .collect(joining()),
                all.stream().flatMap(BashCompletion::values).collect(joining()),
                all.stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "        '%s') members='%s' options='%s' ;;\n",
                                one.path(),
                                following(one),
                                options(one)))
                        .collect(joining()));
    }

    /** How one more word leads to a command; zsh understands it, too. */
    static String step(Described member) {
        int last = member.path().lastIndexOf(' ');
        String above = last < 0 ? "" : member.path().substring(0, last);
        return String.format(
                Locale.ROOT, "'%s %s') command='%s' ;;", above, member.spec().name(), member.path());
    }

    private static Stream<String> values(Described command) {
        return command.options().stream()
                .filter(Described::takesValue)
                .map(option -> "    "
                        + Stream.of(option.names())
                                .map(name -> "'" + command.path() + " " + name + "'")
                                .collect(joining("|"))
                        + ") " + offer(option) + " ;;\n");
    }

    private static String offer(OptionSpec option) {
        return switch (Suggestion.of(option)) {
            case Suggestion.Words(var words) -> "words='" + String.join(" ", words) + "'";
            case Suggestion.Files _ -> "_latchkey_names '' -o filenames < <(compgen -f -- \"$cur\"); return";
            case Suggestion.Folders _ -> "_latchkey_names '' -o filenames < <(compgen -d -- \"$cur\"); return";
            case Suggestion.TokenFiles _ ->
                "case \"$cur\" in @*) _latchkey_names @ -o nospace < <(compgen -f -- \"${cur#@}\") ;; esac; return";
            case Suggestion.Nothing _ -> "return";
        };
    }

    private static String following(Described command) {
        return Stream.concat(
                        command.members().stream().map(member -> member.spec().name()),
                        command.spec().positionalParameters().stream()
                                .map(Suggestion::of)
                                .flatMap(offered -> offered instanceof Suggestion.Words(var words)
                                        ? words.stream()
                                        : Stream.empty()))
                .collect(joining(" "));
    }

    private static String options(Described command) {
        return command.options().stream().map(OptionSpec::longestName).collect(joining(" "));
    }
}
