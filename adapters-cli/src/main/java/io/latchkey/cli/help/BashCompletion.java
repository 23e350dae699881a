package io.latchkey.cli.help;

import static java.util.stream.Collectors.joining;

import io.latchkey.cli.command.CommandDescription;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion script for bash, also for the old version on macOS. */
final class BashCompletion {
    private BashCompletion() {}

    static String script(CommandSpec latchkey) {
        List<CommandDescription> all = CommandDescription.all(latchkey);
        return String.format(
                Locale.ROOT,
                """
            # bash completion for latchkey
            _latchkey() {
              local IFS=$' \\t\\n' typed quote='' command='' base='' words='' members='' options='' before strip cur prev i line
              # The words are read from the line: how bash divides it depends on COMP_WORDBREAKS.
              before=${COMP_LINE:0:COMP_POINT}
              # What stands before the text that readline replaces, and belongs to the same word.
              _latchkey_split "${before%%"$2"}"
              strip=${typed[${#typed[@]}-1]}
              _latchkey_split "$before"
              COMPREPLY=()
              [ ${#typed[@]} -gt 1 ] || return
              cur=${typed[${#typed[@]}-1]} prev=${typed[${#typed[@]}-2]}
              for ((i = 1; i < ${#typed[@]} - 1; i++)); do
                case "$command ${typed[i]}" in
            %s    esac
              done
              case "$cur" in
                --*=*) prev=${cur%%%%=*} base=${cur%%%%=*}= cur=${cur#*=} ;;
              esac
              case "$command $prev" in
            %s    *'>' | *'<') _latchkey_files -f; return ;;
                *)
                  case "$command" in
            %s      esac
                  # Options only when asked for, unless there is nothing else.
                  case "$cur" in
                    -*) words=$options ;;
                    *)
                      case "$command" in
            %s          esac
                      words=${members:-$options} ;;
                  esac ;;
              esac
              while IFS= read -r line; do
                line=$base$line
                COMPREPLY+=("${line#"$strip"}")
              done < <(compgen -W "$words" -- "$cur")
            }
            # The words of a line without their quotes, and the quote that is still open.
            _latchkey_split() {
              local rest=$1 word='' begun='' c
              typed=() quote=''
              while [ -n "$rest" ]; do
                c=${rest:0:1}
                rest=${rest:1}
                case "$quote$c" in
                  \\'\\' | \\"\\") quote='' ;;
                  \\'?) word+=$c ;;
                  \\\\ | \\"\\\\)
                    case "$quote${rest:0:1}" in
                      \\"[!\\"\\$\\`\\\\]) word+=$c ;;
                    esac
                    word+=${rest:0:1} begun=1
                    rest=${rest:1} ;;
                  \\' | \\") quote=$c begun=1 ;;
                  [$' \\t\\n'])
                    [ -z "$begun" ] || typed+=("$word")
                    word='' begun='' ;;
                  *) word+=$c begun=1 ;;
                esac
              done
              typed+=("$word")
            }
            # Files or folders; readline quotes them, but sees what is a folder only if nothing stands before it.
            _latchkey_files() {
              compopt -o filenames 2>/dev/null
              while IFS= read -r line; do
                if [ "$base" != "$strip" ] && [ -d "$line" ]; then
                  line+=/
                  compopt -o nospace 2>/dev/null
                fi
                line=$base$line
                COMPREPLY+=("${line#"$strip"}")
              done < <(compgen "$1" -- "$cur")
            }
            # Names of tokens, which never come near an evaluation: anything may stand in them.
            _latchkey_token_names() {
              local program=${typed[0]}
              case "$program" in '~/'*) program=$HOME/${program#'~/'} ;; esac
              type -P "$program" >/dev/null || program=latchkey
              while IFS= read -r line; do
                line=$base$line
                line=${line#"$strip"}
                case "$quote" in
                  '') printf -v line %%q "$line" ;;
                  \\") case "$line" in *[\\"\\$\\`\\\\!]*) continue ;; esac ;;
                  *) case "$line" in *\\'*) continue ;; esac ;;
                esac
                COMPREPLY+=("$line")
              done < <("$program" %s -- "${typed[@]:1}" 2>/dev/null </dev/null)
            }
            complete -F _latchkey latchkey
            """,
                all.stream()
                        .flatMap(command -> command.members().stream())
                        .map(command -> "      " + step(command) + "\n")
                        .collect(joining()),
                all.stream().flatMap(BashCompletion::values).collect(joining()),
                all.stream()
                        .map(command -> String.format(
                                Locale.ROOT,
                                "        '%s') members='%s' options='%s' ;;\n",
                                command.path(),
                                following(command),
                                options(command)))
                        .collect(joining()),
                all.stream().flatMap(BashCompletion::positional).collect(joining()),
                CompletionNames.NAME);
    }

    /** A case that goes from a command to a subcommand; also for zsh. */
    static String step(CommandDescription member) {
        int last = member.path().lastIndexOf(' ');
        String above = last < 0 ? "" : member.path().substring(0, last);
        return String.format(
                Locale.ROOT, "'%s %s') command='%s' ;;", above, member.spec().name(), member.next());
    }

    private static Stream<String> values(CommandDescription command) {
        return command.options().stream()
                .filter(CommandDescription::takesValue)
                .map(option -> "    "
                        + Stream.of(option.names())
                                .map(name -> "'" + command.path() + " " + name + "'")
                                .collect(joining("|"))
                        + ") " + offer(option).orElse("return") + " ;;\n");
    }

    /** The completion of a command's first parameter, unless it is a list of words. */
    private static Stream<String> positional(CommandDescription command) {
        return command.spec().positionalParameters().stream()
                .limit(1)
                .filter(parameter -> !(Completions.of(parameter) instanceof Completions.Words))
                .flatMap(parameter -> offer(parameter).stream())
                .map(offer -> "            '" + command.path() + "') " + offer + " ;;\n");
    }

    private static Optional<String> offer(ArgSpec argument) {
        return switch (Completions.of(argument)) {
            case Completions.Words(var words) -> Optional.of("words='" + String.join(" ", words) + "'");
            case Completions.Files _ -> Optional.of("_latchkey_files -f; return");
            case Completions.Folders _ -> Optional.of("_latchkey_files -d; return");
            case Completions.TokenFiles _ ->
                Optional.of("case \"$cur\" in @*) base+=@ cur=${cur#@}; _latchkey_files -f ;; esac; return");
            case Completions.TokenNames _ -> Optional.of("_latchkey_token_names; return");
            case Completions.PermissionTypes _ ->
                Optional.of("words='" + String.join(" ", Completions.PermissionTypes.texts())
                        + "'; compopt -o nospace 2>/dev/null");
            case Completions.Nothing _ -> Optional.empty();
        };
    }

    private static String following(CommandDescription command) {
        return Stream.concat(
                        command.members().stream().map(member -> member.spec().name()),
                        command.spec().positionalParameters().stream()
                                .map(Completions::of)
                                .flatMap(offered -> offered instanceof Completions.Words(var words)
                                        ? words.stream()
                                        : Stream.empty()))
                .collect(joining(" "));
    }

    private static String options(CommandDescription command) {
        return command.options().stream().map(OptionSpec::longestName).collect(joining(" "));
    }
}
