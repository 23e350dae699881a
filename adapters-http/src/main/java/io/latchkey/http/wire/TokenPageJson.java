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
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tokens and how they were used, some or all, on the wire. */
public final class TokenPageJson {
    private static final String NEXT = "next";

    private TokenPageJson() {}

    /** One page, which says where to go on. */
    public static byte[] page(TokenPage page, InstantSource clock) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(TokenList.TOKENS);
            for (ListedToken listed : page.tokens()) {
                TokenJson.write(json, listed, clock.instant());
            }
            json.writeEndArray();
            json.writeFieldName(NEXT);
            if (page.next().isPresent()) {
                json.writeNumber(page.next().get().value());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        });
    }

    /** All pages as one object, a part for each, which is made when it is taken. */
    public static Iterator<byte[]> all(TokenPages pages, InstantSource clock) {
        return new All(pages, clock);
    }

    /** A page that {@link #page} wrote; from a server that knows no pages, all there are. */
    public static TokenPage read(byte[] utf8, TokenQuery query) {
        JsonFields json = JsonFields.of(Json.parse(utf8));
        List<ListedToken> tokens = json.elements(TokenList.TOKENS).stream()
                .map(token -> new ListedToken(TokenJson.readToken(token), TokenUseJson.read(token)))
                .toList();
        Optional<TokenId> next = json.optionalWhole(NEXT).map(TokenId::new);
        long seen = Stream.concat(
                        query.after().stream(),
                        tokens.stream().map(one -> one.token().id()))
                .mapToLong(TokenId::value)
                .max()
                .orElse(-1);
        if (next.isPresent() && (next.get().value() < seen || next.equals(query.after()))) {
            throw new JsonException(NEXT, "expected an id greater than those in the page"); // or there would be no end
        }
        return new TokenPage(tokens, next);
    }

    /** Whether a server knows pages, and so what was asked for. */
    public static boolean isPage(byte[] utf8) {
        return JsonFields.of(Json.parse(utf8)).has(NEXT);
    }

    private static final class All implements Iterator<byte[]> {
        private final TokenPages pages;
        private final InstantSource clock;
        private boolean begun;
        private boolean some;

        All(TokenPages pages, InstantSource clock) {
            this.pages = pages;
            this.clock = clock;
        }

        @Override
        public boolean hasNext() {
            return pages.hasNext();
        }

        /** As Jackson would write it. */
        @Override
        public byte[] next() {
            var part = new ByteArrayOutputStream(32 * 1024);
            if (!begun) {
                part.writeBytes(("{\"" + TokenList.TOKENS + "\":[").getBytes(UTF_8));
            }
            begun = true;
            Instant now = clock.instant();
            for (ListedToken listed : pages.next().tokens()) {
                if (some) {
                    part.write(',');
                }
                part.writeBytes(Json.write(json -> TokenJson.write(json, listed, now)));
                some = true;
            }
            if (!pages.hasNext()) {
                part.writeBytes("]}".getBytes(UTF_8));
            }
            return part.toByteArray();
        }
    }
}
