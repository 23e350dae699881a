package io.latchkey.persistence;

import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** The two tokens of contract 1.10.4, and further ones. */
public final class SampleTokens {
    static final Token ADMIN = new Token(
            new TokenVersion(TokenId.FIRST, 2),
            TokenName.OPERATOR,
            first(digest("a1b2c3d4e")),
            Description.NONE,
            Expiry.NEVER,
            Instant.parse("2025-04-18T14:02:45.331Z"),
            Optional.empty(),
            Optional.of(new Token.LastChange(Instant.parse("2025-06-01T09:00:00Z"), Optional.of(TokenId.FIRST))),
            Optional.empty());
    static final Token FOO = named(1, "foo_admin", "0f9e8d7c6", Expiry.at(Instant.parse("2025-04-28T14:03:10.007Z")));
    public static final List<Token> BOTH = List.of(ADMIN, FOO);

    private SampleTokens() {}

    public static Token named(long id, String name, String digest, Expiry expiry) {
        return new Token(
                new TokenVersion(new TokenId(id), 1),
                new TokenName(name),
                first(digest(digest)),
                Description.NONE,
                expiry,
                Instant.parse("2025-04-18T14:03:10.007Z"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SecretDigests first(TokenDigest digest) {
        return new SecretDigests(digest, 1, List.of(), Optional.empty());
    }

    public static List<Token> many(int count) {
        return LongStream.range(0, count)
                .mapToObj(id -> named(id, "token " + id, "00", Expiry.NEVER))
                .toList();
    }

    private static TokenDigest digest(String start) {
        return TokenDigest.parse(start + "0".repeat(2 * TokenDigest.BYTES - start.length()));
    }
}
