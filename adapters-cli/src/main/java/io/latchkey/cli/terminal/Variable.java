package io.latchkey.cli.terminal;

import java.util.List;

/**
 * An environment variable that belongs to no option. Its declaration is used to read it and to describe it in help.
 */
public enum Variable {
    NO_COLOR("if set, output is never coloured", "NO_COLOR"),
    CLICOLOR_FORCE("if set and not 0, output is always coloured", "CLICOLOR_FORCE"),
    CLICOLOR("if 0, output is not coloured", "CLICOLOR"),
    COLUMNS("width of the terminal in columns", "COLUMNS"),
    /** Lower case wins, as in curl and Go. */
    HTTPS_PROXY("HTTP proxy to reach the webhook through", "https_proxy", "HTTPS_PROXY"),
    NO_PROXY("hosts that are reached without the proxy, separated by commas", "no_proxy", "NO_PROXY"),
    DEBUG("if set, errors are printed with a stack trace", "LATCHKEY_DEBUG");

    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    Variable(String meaning, String... names) {
        this.meaning = meaning;
        this.names = List.of(names);
    }

    /** Its description in help. */
    public String meaning() {
        return meaning;
    }

    /** Its names; the first that is set counts. */
    public List<String> names() {
        return names;
    }
}
