package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of an OAuth form: each at most once; empty values count as missing (RFC 6749, section 3.2). */
record Form(Map<String, String> byName) {
    /** Maximum number of parameters. */
    private static final int MOST = 100;

    /** Parses a body; fails with {@link OAuthFailure#invalidRequest}. */
    static Form parse(byte[] body) {
        Map<String, String> byName = new HashMap<>();
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            int next;
            for (int from = 0; from < text.length(); from = next) {
                int ampersand = text.indexOf('&', from);
                next = ampersand < 0 ? text.length() : ampersand + 1;
                String pair = text.substring(from, ampersand < 0 ? next : ampersand);
                int equals = pair.indexOf('=');
                if (equals < 0 || equals == pair.length() - 1) {
                    continue;
                }
                if (byName.size() == MOST) {
                    throw OAuthFailure.invalidRequest("the form has more than " + MOST + " parameters");
                }
                String name = decode(pair.substring(0, equals));
                if (byName.put(name, decode(pair.substring(equals + 1))) != null) {
                    throw OAuthFailure.invalidRequest("a parameter is given twice");
                }
            }
        } catch (CharacterCodingException | ProblemException e) {
            throw OAuthFailure.invalidRequest("the body is not a form");
        }
        return new Form(byName);
    }

    /** Decodes form-encoded text. */
    static String decode(String encoded) {
        return PercentEncoding.decode(encoded.replace('+', ' '));
    }

    /** The value of a parameter. */
    Optional<String> value(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
