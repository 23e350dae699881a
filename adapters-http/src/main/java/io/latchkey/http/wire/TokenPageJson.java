package io.latchkey.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenPage;
import io.latchkey.application.TokenPages;
import io.latchkey.application.TokenQuery;
import io.latchkey.domain.TokenId;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** JSON of a list of tokens and their uses: one page, or all. */
public final class TokenPageJson {
    private static final String NEXT = "next";

    private TokenPageJson() {}

    /** Writes one page, with the id where the next page begins. */
    public static byte[] page(TokenPage page, InstantSource clock) {
        return JsonWriter.object(json -> json.withObjects(
                        TokenList.TOKENS,
                        page.tokens(),
                        (object, listed) -> TokenJson.write(object, listed, clock.instant()))
                .withNumber(NEXT, page.next().map(TokenId::value)));
    }

    /** Writes all pages as one object, in one part for each page; a part is made when it is requested. */
    public static Iterator<byte[]> all(TokenPages pages, InstantSource clock) {
        return new All(pages, clock);
    }

    /**
     * Reads the JSON of {@link #page}; from a server without pages, this is all tokens.
     *
     * @throws JsonException also if {@code next} is not after the tokens of the page, since paging would not end
     */
    public static TokenPage read(byte[] utf8, TokenQuery query) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        List<ListedToken> tokens = json.elements(TokenList.TOKENS).stream()
                .map(token -> new ListedToken(
                        TokenJson.readToken(token),
                        TokenUseJson.read(token),
                        UseHistoryJson.readDays(JsonFields.of(token))))
                .toList();
        Optional<TokenId> next = json.optionalWhole(NEXT).map(TokenId::new);
        long last = Stream.concat(
                        query.after().stream(),
                        tokens.stream().map(listed -> listed.token().id()))
                .mapToLong(TokenId::value)
                .max()
                .orElse(-1);
        if (next.isPresent() && (next.get().value() < last || next.equals(query.after()))) {
            throw new JsonException(NEXT, "expected an id greater than those in the page"); // paging would not end
        }
        return new TokenPage(tokens, next);
    }

    /** Whether a response is a page, so that the server supports paging and filters. */
    public static boolean isPage(byte[] utf8) {
        return JsonFields.of(Json.parse(utf8)).has(NEXT);
    }

    private static final class All implements Iterator<byte[]> {
        private final TokenPages pages;
        private final InstantSource clock;
        private boolean started;
        private boolean hasTokens;

        All(TokenPages pages, InstantSource clock) {
            this.pages = pages;
            this.clock = clock;
        }

        @Override
        public boolean hasNext() {
            return pages.hasNext();
        }

        /** Makes the next part, formatted as by Jackson. */
        @Override
        public byte[] next() {
            var part = new ByteArrayOutputStream(32 * 1024);
            if (!started) {
                part.writeBytes(("{\"" + TokenList.TOKENS + "\":[").getBytes(UTF_8));
            }
            started = true;
            Instant now = clock.instant();
            for (ListedToken listed : pages.next().tokens()) {
                if (hasTokens) {
                    part.write(',');
                }
                part.writeBytes(JsonWriter.object(json -> TokenJson.write(json, listed, now)));
                hasTokens = true;
            }
            if (!pages.hasNext()) {
                part.writeBytes("]}".getBytes(UTF_8));
            }
            return part.toByteArray();
        }
    }
}
