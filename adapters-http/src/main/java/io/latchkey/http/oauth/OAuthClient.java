package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.security.Caller;
import io.latchkey.http.security.Credential;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How whoever speaks OAuth authenticates: with an admin token, as Bearer, as the password of Basic, or as the
 * {@code client_secret} of the form. The name it goes by is never asked for.
 */
final class OAuthClient {
    private static final String BASIC = "basic ";

    private OAuthClient() {}

    /** The holder of the token that a request was sent with; refused with an {@link OAuthFailure} if it shows none. */
    static Caller.Authenticated authenticated(
            HttpRequest<?> request, Form form, TokenAuthority authority, InetAddress from) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        Optional<String> secret = form.value("client_secret");
        Optional<Credential> inForm = secret.map(text -> new Credential.Presented(TokenSecret.presented(text)));
        // Some gateways send it both ways, which RFC 6749 (section 2.3) forbids; who is meant is clear if it is the
        // same.
        if (header != null && inForm.isPresent() && !isSame(credential(header), inForm.get())) {
            throw OAuthFailure.invalidRequest("the header and the form hold different credentials: send one of them");
        }
        Credential credential = inForm.orElseGet(() -> credential(header));
        return switch (Caller.of(credential, authority, from)) {
            case Caller.Authenticated known -> {
                Caller.attachTo(request, known); // who showed its token in the form was a stranger until now
                yield known;
            }
            case Caller.Rejected.UNDECIDED -> throw new ProblemException(Problem.UNAVAILABLE);
            case Caller.Rejected _ -> throw OAuthFailure.invalidClient();
        };
    }

    private static boolean isSame(Credential one, Credential other) {
        return one instanceof Credential.Presented(var secret)
                && other instanceof Credential.Presented(var again)
                && secret.digest().equals(again.digest());
    }

    /** Unlike everywhere else, both parts of Basic are form-encoded (RFC 6749, section 2.3.1); some libraries do it. */
    static Credential credential(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Credential.parse(header);
        }
        try {
            byte[] pair = Base64.getDecoder().decode(header.substring(BASIC.length()));
            String text = new String(pair, UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Credential.Malformed()
                    : new Credential.Presented(TokenSecret.presented(decoded(text.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return new Credential.Malformed();
        }
    }

    /** Others send it as it is, and then it may look badly encoded. */
    private static String decoded(String password) {
        try {
            return Form.decode(password);
        } catch (ProblemException e) {
            return password;
        }
    }
}
