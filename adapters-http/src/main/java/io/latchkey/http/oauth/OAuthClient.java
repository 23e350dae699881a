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
 * Authenticates OAuth clients by an admin token: as Bearer, as the password of Basic, or as the {@code client_secret}
 * of the form. The client id is ignored.
 */
final class OAuthClient {
    private static final String BASIC = "basic ";

    private OAuthClient() {}

    /**
     * The authenticated client.
     *
     * @throws OAuthFailure if the request has no live token, or two different ones
     * @throws ProblemException if the authority is unavailable
     */
    static Caller.Authenticated authenticated(
            HttpRequest<?> request, Form form, TokenAuthority authority, InetAddress from) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        Optional<String> secret = form.value("client_secret");
        Optional<Credential> inForm = secret.map(text -> new Credential.Presented(TokenSecret.presented(text)));
        // Some gateways send the token in both places, which RFC 6749 (section 2.3) forbids; the same token is
        // unambiguous.
        if (header != null && inForm.isPresent() && !isSame(credential(header), inForm.get())) {
            throw OAuthFailure.invalidRequest("the header and the form hold different credentials: send one of them");
        }
        Credential credential = inForm.orElseGet(() -> credential(header));
        return switch (Caller.of(credential, authority, from)) {
            case Caller.Authenticated client -> {
                Caller.attachTo(request, client); // the filter did not see a token in the form
                yield client;
            }
            case Caller.Rejected.UNAVAILABLE -> throw new ProblemException(Problem.UNAVAILABLE);
            case Caller.Rejected _ -> throw OAuthFailure.invalidClient();
        };
    }

    private static boolean isSame(Credential first, Credential second) {
        return first instanceof Credential.Presented(var secret)
                && second instanceof Credential.Presented(var other)
                && secret.digest().equals(other.digest());
    }

    /** In OAuth, both parts of Basic are form-encoded (RFC 6749, section 2.3.1), which only some libraries do. */
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

    /** The decoded password; if it is not form-encoded, the password as it was sent. */
    private static String decoded(String password) {
        try {
            return Form.decode(password);
        } catch (ProblemException e) {
            return password;
        }
    }
}
