package io.latchkey.cli.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words that other programs use for a command, for suggestions. */
final class CommandSynonyms {
    private static final String SHOW_TOKENS = "show tokens";
    private static final String SHOW_LEDGER = "show ledger";

    /** Synonyms of each command, used alone or next to {@code token}. */
    static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(
                    "create token --admin",
                    "create add new generate gen issue make mint register init setup bootstrap"),
            Map.entry("create token --admin --regenerate", "regenerate recover reset"),
            Map.entry(SHOW_TOKENS, "show list ls print"),
            Map.entry("show token NAME", "get view inspect describe"),
            Map.entry("update token", "update edit rename mv set change modify alter extend expire"),
            Map.entry("rotate token", "rotate roll renew refresh"),
            Map.entry("disable token", "disable lock suspend block pause deactivate"),
            Map.entry("enable token", "enable unlock resume unblock activate"),
            Map.entry("delete token", "delete revoke rm remove del destroy drop unset invalidate"),
            Map.entry("purge tokens", "purge clean cleanup prune gc"),
            Map.entry("check tokens", "check expiring"),
            Map.entry(SHOW_LEDGER, "log logs audit history events"),
            Map.entry("verify ledger", "verify validate"),
            Map.entry("query", "sql select"),
            Map.entry("scan FILE", "find search detect leaks"),
            Map.entry("why", "explain can allowed"),
            Map.entry("scan FILE --burn", "burn"),
            Map.entry("scan -", "whoami who whois id identify"),
            Map.entry("export tokens", "export dump"),
            Map.entry("import tokens", "import load"),
            Map.entry("backup", "save copy snapshot"),
            Map.entry("restore", "rollback"),
            Map.entry("move database", "migrate transfer relocate"),
            Map.entry("serve", "start server run daemon"),
            Map.entry("config PROGRAM", "configure recipe"),
            Map.entry("completion SHELL", "completions complete"),
            Map.entry("doctor", "status health diagnose ping"),
            Map.entry("help", "man usage"));

    private CommandSynonyms() {}

    /**
     * The command that unknown words probably mean.
     *
     * @param above the words that were recognised before them
     */
    static Optional<String> meant(String above, List<String> words) {
        String word = words.getFirst();
        if (word.equals(CommandDescription.HELP)) {
            return Optional.of((CommandDescription.HELP + " " + above).strip());
        }
        Map<String, String> commands = commands();
        return switch (above) {
            case "" ->
                switch (word) {
                    case "token", "tokens" ->
                        Optional.of(commands.getOrDefault(words.size() > 1 ? words.get(1) : "", SHOW_TOKENS));
                    case "ledger" -> Optional.of(words.contains("verify") ? "verify ledger" : SHOW_LEDGER);
                    default ->
                        Optional.ofNullable(commands.get(word))
                                .map(command -> command.equals(SHOW_TOKENS) && words.contains("ledger")
                                        ? SHOW_LEDGER
                                        : command);
                };
            // Besides tokens, only the ledger can be shown.
            case "show" -> Optional.ofNullable(commands.get(word)).filter(SHOW_LEDGER::equals);
            case "create" ->
                List.of("admin", "operator", "named").contains(word)
                        ? Optional.of("create token --admin")
                        : Optional.empty();
            case String _ -> Optional.empty();
        };
    }

    private static Map<String, String> commands() {
        Map<String, String> commands = new HashMap<>();
        WORDS.forEach((command, words) -> {
            for (String word : words.split(" ", -1)) {
                commands.put(word, command);
            }
        });
        return commands;
    }
}
