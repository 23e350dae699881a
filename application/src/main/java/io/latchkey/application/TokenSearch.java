package io.latchkey.application;

import io.latchkey.domain.Attributes;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A search for tokens in memory, for people: by words, filters and in the order of any column.
 *
 * @param words each must occur in the name, the owner or a label, in any case; lower case
 * @param kind only tokens of this kind
 * @param from how many matches are skipped
 * @param limit maximum number of tokens in the result, from 1 to {@value #MOST}
 * @param days on how many of the last days the uses of each token are listed; 0 for none
 */
public record TokenSearch(
        List<String> words,
        TokenFilter filter,
        Optional<TokenKind> kind,
        Column sortedBy,
        Direction direction,
        int from,
        int limit,
        int days) {
    /** Maximum number of tokens in a result. */
    public static final int MOST = 1000;

    private static final int ASCII = 0x7f;

    /** Without uses by day. */
    public TokenSearch(
            List<String> words,
            TokenFilter filter,
            Optional<TokenKind> kind,
            Column sortedBy,
            Direction direction,
            int from,
            int limit) {
        this(words, filter, kind, sortedBy, direction, from, limit, 0);
    }

    /** A column to sort by; equal values are in the order of the ids. */
    public enum Column {
        NAME,
        KIND,
        OWNER,
        CREATED,
        EXPIRY,
        LAST_USED,
        USES
    }

    /** Upwards or downwards. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    public TokenSearch {
        words = List.copyOf(words);
        if (from < 0) {
            throw new TokenFailure.Invalid("from", "expected a number from 0");
        }
        if (limit < 1 || limit > MOST) {
            throw new TokenFailure.Invalid("limit", "expected a number from 1 to " + MOST);
        }
    }

    /** The words of a text that somebody typed. */
    public static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether the search cannot be answered without the uses of all tokens. */
    boolean needsUses() {
        return sortedBy == Column.LAST_USED
                || sortedBy == Column.USES
                || filter.unusedFor().isPresent();
    }

    /**
     * The order of the tokens.
     *
     * @param uses of the secrets of a token; asked for only if {@link #needsUses()}
     */
    Comparator<Token> order(Function<Token, List<TokenUse>> uses) {
        Comparator<Token> order = switch (sortedBy) {
            case NAME -> Comparator.comparing(token -> token.name().value());
            case KIND -> Comparator.comparing(Token::kind);
            case OWNER ->
                Comparator.comparing(token -> token.attributes().owner().text());
            case CREATED -> Comparator.comparing(Token::createdAt);
            case EXPIRY -> Comparator.comparingLong(token -> token.expiry().endMillis());
            case LAST_USED -> Comparator.comparingLong(token -> lastUse(uses.apply(token)));
            case USES -> Comparator.comparingLong(token -> count(uses.apply(token)));
        };
        Comparator<Token> directed = switch (direction) {
            case ASCENDING -> order;
            case DESCENDING -> order.reversed();
        };
        return directed.thenComparingLong(token -> token.id().value());
    }

    /** In epoch milliseconds. */
    private static long lastUse(List<TokenUse> uses) {
        long last = Long.MIN_VALUE;
        for (TokenUse use : uses) {
            last = Math.max(last, use.last().toEpochMilli());
        }
        return last;
    }

    private static long count(List<TokenUse> uses) {
        long count = 0;
        for (TokenUse use : uses) {
            count += use.count();
        }
        return count;
    }

    /** Whether a token has the kind and the words; the filter is separate. */
    boolean names(Token token) {
        return (kind.isEmpty() || kind.get() == token.kind()) && (words.isEmpty() || hasWords(token));
    }

    private boolean hasWords(Token token) {
        for (String word : words) {
            if (!contain(token, word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contain(Token token, String word) {
        Attributes attributes = token.attributes();
        return contains(token.name().value(), word)
                || contains(attributes.owner().text(), word)
                || (!attributes.labels().values().isEmpty() && contain(attributes.labels(), word));
    }

    /** The text of a label is only made for a word that may reach from its key into its value. */
    private static boolean contain(Labels labels, String word) {
        for (Map.Entry<String, String> label : labels.values().entrySet()) {
            if (contains(label.getKey(), word)
                    || contains(label.getValue(), word)
                    || (word.indexOf('=') >= 0 && contains(label.getKey() + "=" + label.getValue(), word))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text contains a word in any case; allocates nothing, since it is asked of every token. */
    private static boolean contains(String text, String word) {
        char first = word.charAt(0);
        for (int i = 0; i <= text.length() - word.length(); i++) {
            if (mayBe(text.charAt(i), first) && text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** False for most pairs that differ in more than their case: ASCII is compared here, everything else later. */
    private static boolean mayBe(char present, char lowerCase) {
        return present == lowerCase || (present | lowerCase) > ASCII || Character.toLowerCase(present) == lowerCase;
    }
}
