package io.latchkey.persistence.sandbox;

import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.TokenFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates one InfluxDB SQL statement to SQLite, token by token. Where the dialects differ, InfluxDB's meaning is kept;
 * SQLite-only syntax is refused.
 *
 * <p>Does not limit what a statement can read; {@link StatementGuard} does.
 */
final class InfluxSql {
    private static final int LONGEST = 16_384;
    private static final Set<String> FIRST = Set.of("select", "with", "values");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("varchar", "text"),
            Map.entry("char", "text"),
            Map.entry("string", "text"),
            Map.entry("timestamp", "text"), // timestamps are stored as text
            Map.entry("int", "integer"),
            Map.entry("integer", "integer"),
            Map.entry("bigint", "integer"),
            Map.entry("float", "real"),
            Map.entry("real", "real"),
            Map.entry("double", "real"));

    // Possessive (++, *+), because backtracking would use stack for each character.
    private static final Pattern BLANK = Pattern.compile("(?s)(?:\\s|--[^\\n]*|/\\*.*?\\*/)++");
    private static final Pattern TEXT = Pattern.compile("(?s)'(?:[^']|'')*+'");
    private static final Pattern QUOTED = Pattern.compile("(?s)\"((?:[^\"]|\"\")*+)\"");
    private static final Pattern NUMBER = Pattern.compile("\\.?[0-9][0-9a-zA-Z.]*");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern OPERATOR = Pattern.compile("[(),.*+/%<>=!|&~-]");
    private static final Pattern NOW =
            Pattern.compile("(?is)now\\s*\\(\\s*\\)(?:\\s*([+-])\\s*interval\\s*'([^']*)')?");
    private static final Pattern TIMESTAMP = Pattern.compile("(?is)timestamp\\s*(?=')");

    private static final Pattern CALL = Pattern.compile("(?s)(?:\\s|--[^\\n]*|/\\*.*?\\*/)*+\\(");

    /** Functions that {@link SqlFunctions} adds to SQLite and that users must not call by name. */
    private static final Set<String> INTERNAL = Set.of("now", "like", "regexp");

    private final String sql;
    private final StringBuilder sqlite = new StringBuilder();
    /** For each open parenthesis, the token before it. */
    private final Deque<String> open = new ArrayDeque<>();

    /** The last token: a word, an operator, or a quote or {@code 0} for a literal. */
    private String last = "";

    private int position;

    private InfluxSql(String sql) {
        this.sql = sql;
    }

    /**
     * Translates a statement to SQLite's dialect.
     *
     * @throws TokenFailure.BadQuery if the statement is too long, malformed, not a query, or uses unsupported syntax
     */
    static String toSqlite(String sql) {
        if (sql.length() > LONGEST) {
            throw new TokenFailure.BadQuery(
                    "the statement has more than " + LONGEST + " characters: write a shorter one");
        }
        return new InfluxSql(sql).translated();
    }

    private String translated() {
        while (position < sql.length()) {
            step();
        }
        if (last.isEmpty()) {
            throw new TokenFailure.BadQuery("the statement is empty: it must begin with SELECT or WITH");
        }
        return sqlite.toString();
    }

    private void step() {
        if (take(BLANK) != null) {
            sqlite.append(' ');
        } else if (sql.charAt(position) == ';') {
            end();
        } else if (last.isEmpty()) {
            first();
        } else if (sql.charAt(position) == '\'') {
            sqlite.append(closed(TEXT).group());
            last = "'";
        } else if (sql.charAt(position) == '"') {
            // In backquotes, because SQLite reads an unknown name in double quotes as a text.
            String name = closed(QUOTED).group(1).replace("\"\"", "\"");
            if (INTERNAL.contains(name.toLowerCase(Locale.ROOT)) && calls()) {
                throw unsupported("the function " + name.toLowerCase(Locale.ROOT));
            }
            sqlite.append('`').append(name.replace("`", "``")).append('`');
            last = "\"";
        } else {
            unquoted();
        }
    }

    private void unquoted() {
        @Nullable Matcher match;
        if ((match = take(NUMBER)) != null) {
            sqlite.append(match.group());
            last = "0";
        } else if ((match = take(NOW)) != null) {
            sqlite.append(now(match));
            last = ")";
        } else if (take(TIMESTAMP) != null) {
            sqlite.append(' '); // SQLite has no type before a literal
        } else if ((match = take(WORD)) != null) {
            word(match.group().toLowerCase(Locale.ROOT));
        } else if ((match = take(OPERATOR)) != null) {
            operator(match.group());
        } else {
            throw unexpected(shown(sql.codePointAt(position)));
        }
    }

    private void first() {
        Matcher match = take(WORD);
        String word = match == null ? "" : match.group().toLowerCase(Locale.ROOT);
        if (!FIRST.contains(word)) {
            throw new TokenFailure.BadQuery("only reading is allowed: the statement must begin with SELECT or WITH");
        }
        sqlite.append(word);
        last = word;
    }

    private void end() {
        position++;
        take(BLANK);
        if (position < sql.length() && sql.charAt(position) != ';') {
            throw new TokenFailure.BadQuery("only one statement is allowed: remove the text after the semicolon");
        }
    }

    private void word(String word) {
        sqlite.append(
                switch (word) {
                    // An SQLite operator of the same precedence; SqlFunctions defines it.
                    case "ilike" -> "regexp";
                    case "current_timestamp" -> "now()";
                    case "match", "glob", "regexp" ->
                        throw unsupported("the operator " + word.toUpperCase(Locale.ROOT));
                    case "current_date", "current_time", "collate" -> throw unsupported(word);
                    // The pattern NOW has matched all supported forms before.
                    case "now" -> {
                        if (calls()) {
                            throw new TokenFailure.BadQuery("now() takes no arguments");
                        }
                        yield word;
                    }
                    case "like" -> {
                        if (calls() && !isAfterOperand()) {
                            throw unsupported("the function like");
                        }
                        yield word;
                    }
                    case "interval" ->
                        throw new TokenFailure.BadQuery(
                                "INTERVAL is supported only after now(), as in now() + INTERVAL '7 days'");
                    default -> last.equals("as") && "cast".equals(open.peek()) ? type(word) : word;
                });
        last = word;
    }

    /** Whether an opening parenthesis is next. */
    private boolean calls() {
        return CALL.matcher(sql).region(position, sql.length()).lookingAt();
    }

    /** Whether an operator can follow the last token: after a value, a name, or the NOT before LIKE. */
    private boolean isAfterOperand() {
        return !last.matches("[(,+*/%<>=!|&~-]|select|distinct|all|where|and|or|by|having|on|when|then|else|case|in");
    }

    private static String type(String word) {
        String type = TYPES.get(word);
        if (type == null) {
            throw unsupported("CAST to " + (word.length() > 30 ? "this type" : word));
        }
        return type;
    }

    private void operator(String operator) {
        if (operator.equals("(")) {
            open.push(last);
        } else if (operator.equals(")")) {
            open.poll();
        }
        sqlite.append(operator);
        last = operator;
    }

    private static String now(Matcher match) {
        if (match.group(1) == null) {
            return "now()";
        }
        try {
            return "now(" + match.group(1) + HumanDuration.parse(match.group(2)).toMillis() + ")";
        } catch (TokenFailure.Invalid | ArithmeticException e) {
            throw new TokenFailure.BadQuery("invalid INTERVAL: expected a duration like '7 days'");
        }
    }

    private Matcher closed(Pattern pattern) {
        Matcher match = take(pattern);
        if (match == null) {
            throw new TokenFailure.BadQuery("a quotation is not closed: add a closing " + sql.charAt(position));
        }
        if (match.group().indexOf('\0') >= 0) {
            throw unexpected("U+0000");
        }
        return match;
    }

    /** Matches a pattern at the current position and moves behind the match; null if it does not match. */
    private @Nullable Matcher take(Pattern pattern) {
        Matcher matcher = pattern.matcher(sql).region(position, sql.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher;
    }

    private static TokenFailure unexpected(String character) {
        return new TokenFailure.BadQuery("unexpected character in the statement: " + character);
    }

    private static TokenFailure unsupported(String syntax) {
        return new TokenFailure.BadQuery(syntax + " is not supported");
    }

    private static String shown(int codePoint) {
        String name = String.format(Locale.ROOT, "U+%04X", codePoint);
        return codePoint > ' ' && codePoint <= '~' ? "'" + Character.toString(codePoint) + "'" : name;
    }
}
