package io.latchkey.cli.help;

import static java.util.stream.Collectors.joining;

import io.latchkey.cli.command.CommandDescription;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the completion script for zsh, for a folder in {@code fpath} or to be sourced. If it is sourced before
 * {@code compinit}, it registers itself at the first prompt.
 */
final class ZshCompletion {
    private ZshCompletion() {}

    static String script(CommandSpec latchkey) {
        List<CommandDescription> all = CommandDescription.all(latchkey);
        return String.format(
                Locale.ROOT,
                """
            #compdef latchkey
            # zsh completion for latchkey
            _latchkey() {
              local command=''
              local -a typed=("${(@Q)words[2,CURRENT-1]}")
              while (( CURRENT > 2 )); do
                case "$command $words[2]" in
            %s      *) break ;;
                esac
                words=("$words[1]" "${(@)words[3,-1]}")
                (( CURRENT-- ))
              done
              case "$command" in
            %s  esac
            }
            # Names of tokens, in the local file.
            _latchkey_token_names() {
              local program=${${(Q)words[1]}/#\\~\\//$HOME/}
              whence -p -- $program >/dev/null || program=latchkey
              local -a names=("${(@f)$(command $program %s -- "${(@)typed}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}") expl
              _wanted token-names expl 'name of a token' compadd -a names
            }
            # What a permission begins with.
            _latchkey_permission_types() {
              compadd -S '' -- %s
            }
            # Once the shell's configuration is read: where it has not loaded what completes, this does.
            _latchkey_register() {
              add-zsh-hook -d precmd _latchkey_register
              unfunction _latchkey_register
              if (( ! $+functions[compdef] )); then
                autoload -Uz compinit
                compinit -i -D
              fi
              compdef _latchkey latchkey
            }
            if [ "$funcstack[1]" = _latchkey ]; then
              _latchkey "$@"
            elif (( $+functions[compdef] )); then
              compdef _latchkey latchkey
            else
              autoload -Uz add-zsh-hook
              add-zsh-hook precmd _latchkey_register
            fi
            """,
                all.stream()
                        .flatMap(command -> command.members().stream())
                        .map(command -> "      " + BashCompletion.step(command) + "\n")
                        .collect(joining()),
                all.stream()
                        .map(command -> String.format(
                                Locale.ROOT,
                                "    '%s') _arguments -s -S%s ;;\n",
                                command.path(),
                                arguments(command)
                                        .map(word -> " \\\n      " + word)
                                        .collect(joining())))
                        .collect(joining()),
                CompletionNames.NAME,
                String.join(" ", Completions.PermissionTypes.texts()));
    }

    private static Stream<String> arguments(CommandDescription command) {
        Stream<String> options = command.options().stream().map(ZshCompletion::option);
        Stream<String> following = command.members().isEmpty()
                ? command.spec().positionalParameters().stream().map(ZshCompletion::parameter)
                : Stream.of(command.members().stream()
                        .map(member -> member.spec().name() + "\\:"
                                + plain(CommandDescription.brief(member.about()))
                                        .replace(" ", "\\ "))
                        .collect(joining(" ", "'1:command:((", "))'")));
        return Stream.concat(options, following);
    }

    /** {@code '(-y --yes)'{-y,--yes}'[what it does]'}: each excludes the other. */
    private static String option(OptionSpec option) {
        String names = String.join(" ", option.names());
        // A value follows as the next word or after =.
        String spelled = Stream.of(option.names())
                .map(name -> CommandDescription.takesValue(option) && name.startsWith("--") ? name + "=" : name)
                .collect(joining(","));
        String brace = option.names().length == 1 ? spelled : "{" + spelled + "}";
        String about = plain(CommandDescription.brief(CommandDescription.sentence(option.description())));
        String value = CommandDescription.takesValue(option)
                ? ":" + plain(option.paramLabel()) + ":" + action(Completions.of(option))
                : "";
        return "'(" + names + ")'" + brace + "'[" + about + "]" + value + "'";
    }

    private static String action(Completions suggestion) {
        return switch (suggestion) {
            case Completions.Words(var words) -> "(" + String.join(" ", words) + ")";
            case Completions.Files _ -> "_files";
            case Completions.Folders _ -> "_files -/";
            case Completions.TokenFiles _ -> "{compset -P @ && _files}";
            case Completions.TokenNames _ -> "_latchkey_token_names";
            case Completions.PermissionTypes _ -> "_latchkey_permission_types";
            case Completions.Nothing _ -> " ";
        };
    }

    private static String parameter(PositionalParamSpec parameter) {
        String place = parameter.arity().max() > 1 ? "*" : "1";
        return "'" + place + ":" + plain(parameter.paramLabel()) + ":" + action(Completions.of(parameter)) + "'";
    }

    /** Escapes text for single quotes and brackets in zsh. */
    private static String plain(String text) {
        return text.replace("'", "’").replaceAll("([\\[\\]:\\\\\"()])", "\\\\$1");
    }
}
