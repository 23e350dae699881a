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
 * One statement of InfluxDB's SQL on its way into SQLite's: read word by word, so that where the two mean different
 * things by the same words, SQLite is told what InfluxDB means, and where only SQLite has a word for it, it is refused.
 *
 * <p>What a statement may reach is not decided here but by {@link StatementGuard}.
 */
final class InfluxSql {
    private static final int LONGEST = 16_384;
    private static final Set<String> FIRST = Set.of("select", "with", "values");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("varchar", "text"),
            Map.entry("char", "text"),
            Map.entry("string", "text"),
            Map.entry("timestamp", "text"), // as which moments are kept
            Map.entry("int", "integer"),
            Map.entry("integer", "integer"),
            Map.entry("bigint", "integer"),
            Map.entry("float", "real"),
            Map.entry("real", "real"),
            Map.entry("double", "real"));

    // Possessive, or each blank would take a piece of the stack.
    private static final Pattern BLANK = Pattern.compile("(?s)(?:\\s|--[^\\n]*|/\\*.*?\\*/)++");
    private static final Pattern TEXT = Pattern.compile("(?s)'(?:[^']|'')*+'");
    private static final Pattern QUOTED = Pattern.compile("(?s)\"((?:[^\"]|\"\")*+)\"");
    private static final Pattern NUMBER = Pattern.compile("\\.?[0-9][0-9a-zA-Z.]*");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern SIGN = Pattern.compile("[(),.*+/%<>=!|&~-]");
    private static final Pattern NOW =
            Pattern.compile("(?is)now\\s*\\(\\s*\\)(?:\\s*([+-])\\s*interval\\s*'([^']*)')?");
    private static final Pattern MOMENT = Pattern.compile("(?is)timestamp\\s*(?=')");

    private static final Pattern CALL = Pattern.compile("(?s)(?:\\s|--[^\\n]*|/\\*.*?\\*/)*+\\(");

    /** Functions that SQLite is given for what InfluxDB writes as operators and without arguments. */
    private static final Set<String> INTERNAL = Set.of("now", "like", "regexp");

    private final String sql;
    private final StringBuilder sqlite = new StringBuilder();
    /** For each open parenthesis, the word before it. */
    private final Deque<String> open = new ArrayDeque<>();

    private String last = "";
    private int at;

    private InfluxSql(String sql) {
        this.sql = sql;
    }

    /** The statement as SQLite understands it; {@link TokenFailure.BadQuery} if there is no such thing. */
    static String toSqlite(String sql) {
        if (sql.length() > LONGEST) {
            throw new TokenFailure.BadQuery("a statement has at most " + LONGEST + " characters");
        }
        return new InfluxSql(sql).translated();
    }

    private String translated() {
        while (at < sql.length()) {
            step();
        }
        if (last.isEmpty()) {
            throw new TokenFailure.BadQuery("there is no statement: expected one that begins with SELECT");
        }
        return sqlite.toString();
    }

    private void step() {
        if (took(BLANK) != null) {
            sqlite.append(' ');
        } else if (sql.charAt(at) == ';') {
            end();
        } else if (last.isEmpty()) {
            first();
        } else if (sql.charAt(at) == '\'') {
            sqlite.append(closed(TEXT).group());
            last = "'";
        } else if (sql.charAt(at) == '"') {
            // SQLite takes what stands in these quotes for a text if it is no name.
            String name = closed(QUOTED).group(1).replace("\"\"", "\"");
            if (INTERNAL.contains(name.toLowerCase(Locale.ROOT)) && calls()) {
                throw notOffered("the function " + name.toLowerCase(Locale.ROOT));
            }
            sqlite.append('`').append(name.replace("`", "``")).append('`');
            last = "\"";
        } else {
            bare();
        }
    }

    private void bare() {
        @Nullable Matcher found;
        if ((found = took(NUMBER)) != null) {
            sqlite.append(found.group());
            last = "0";
        } else if ((found = took(NOW)) != null) {
            sqlite.append(now(found));
            last = ")";
        } else if (took(MOMENT) != null) {
            sqlite.append(' '); // a literal that says its type
        } else if ((found = took(WORD)) != null) {
            word(found.group().toLowerCase(Locale.ROOT));
        } else if ((found = took(SIGN)) != null) {
            sign(found.group());
        } else {
            throw new TokenFailure.BadQuery("not understood in a statement: " + shown(sql.codePointAt(at)));
        }
    }

    private void first() {
        Matcher found = took(WORD);
        String word = found == null ? "" : found.group().toLowerCase(Locale.ROOT);
        if (!FIRST.contains(word)) {
            throw new TokenFailure.BadQuery("only reading is allowed: the statement must begin with SELECT or WITH");
        }
        sqlite.append(word);
        last = word;
    }

    private void end() {
        at++;
        took(BLANK);
        if (at < sql.length() && sql.charAt(at) != ';') {
            throw new TokenFailure.BadQuery("one statement at a time: nothing may follow the semicolon");
        }
    }

    private void word(String word) {
        sqlite.append(
                switch (word) {
                    // SQLite's operator of the same rank that has no meaning of its own.
                    case "ilike" -> "regexp";
                    case "current_timestamp" -> "now()";
                    case "match", "glob", "regexp" -> throw notOffered("the operator " + word.toUpperCase(Locale.ROOT));
                    case "current_date", "current_time", "collate" -> throw notOffered(word);
                    // Beside the forms that were taken before they came here.
                    case "now" -> {
                        if (calls()) {
                            throw new TokenFailure.BadQuery("now() takes nothing between its parentheses");
                        }
                        yield word;
                    }
                    case "like" -> {
                        if (calls() && !isAfterOperand()) {
                            throw notOffered("the function like");
                        }
                        yield word;
                    }
                    case "interval" ->
                        throw new TokenFailure.BadQuery(
                                "INTERVAL is understood after now() only, like now() + INTERVAL '7 days'");
                    default -> last.equals("as") && "cast".equals(open.peek()) ? type(word) : word;
                });
        last = word;
    }

    /** Whether an open parenthesis is next. */
    private boolean calls() {
        return CALL.matcher(sql).region(at, sql.length()).lookingAt();
    }

    /** Whether what was read last can have an operator behind it: a value, a name, or the NOT before LIKE. */
    private boolean isAfterOperand() {
        return !last.matches("[(,+*/%<>=!|&~-]|select|distinct|all|where|and|or|by|having|on|when|then|else|case|in");
    }

    private static String type(String word) {
        String type = TYPES.get(word);
        if (type == null) {
            throw notOffered("CAST to " + (word.length() > 30 ? "that" : word));
        }
        return type;
    }

    private void sign(String sign) {
        if (sign.equals("(")) {
            open.push(last);
        } else if (sign.equals(")")) {
            open.poll();
        }
        sqlite.append(sign);
        last = sign;
    }

    private static String now(Matcher found) {
        if (found.group(1) == null) {
            return "now()";
        }
        try {
            return "now(" + found.group(1) + HumanDuration.parse(found.group(2)).toMillis() + ")";
        } catch (TokenFailure.Invalid | ArithmeticException e) {
            throw new TokenFailure.BadQuery("not understood as an INTERVAL: expected a duration like '7 days'");
        }
    }

    private Matcher closed(Pattern pattern) {
        Matcher found = took(pattern);
        if (found == null) {
            throw new TokenFailure.BadQuery("a quotation is not closed: expected another " + sql.charAt(at));
        }
        if (found.group().indexOf('\0') >= 0) {
            throw new TokenFailure.BadQuery("not understood in a statement: the character U+0000");
        }
        return found;
    }

    /** What is at this place, if it has a form; then it is behind us. */
    private @Nullable Matcher took(Pattern pattern) {
        Matcher matcher = pattern.matcher(sql).region(at, sql.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private static TokenFailure notOffered(String what) {
        return new TokenFailure.BadQuery(what + " is not offered");
    }

    private static String shown(int codePoint) {
        String name = String.format(Locale.ROOT, "U+%04X", codePoint);
        return codePoint > ' ' && codePoint <= '~' ? "'" + Character.toString(codePoint) + "'" : name;
    }
}
