package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a form as OAuth reads them: each at most once, and one without a value is none (RFC 6749, 3.2). */
record Form(Map<String, String> byName) {
    /** The form in a body; refused with an {@link OAuthFailure} if it is none. */
    static Form parse(byte[] body) {
        Map<String, String> byName = new HashMap<>();
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 0 || equals == pair.length() - 1) {
                    continue;
                }
                String name = decode(pair.substring(0, equals));
                if (byName.put(name, decode(pair.substring(equals + 1))) != null) {
                    throw OAuthFailure.invalidRequest("a parameter is given twice");
                }
            }
        } catch (CharacterCodingException | RefusedRequest e) {
            throw OAuthFailure.invalidRequest("the body is not a form");
        }
        return new Form(byName);
    }

    /** Form-decoded text. */
    static String decode(String encoded) {
        return PercentEncoding.decode(encoded.replace('+', ' '));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
