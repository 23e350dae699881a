package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.Notice;
import io.latchkey.application.NoticeSender;
import io.latchkey.application.ServerTrust;
import io.latchkey.application.Webhook;
import io.latchkey.application.WebhookSecret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;

/**
 * Notices as requests, signed as the Standard Webhooks specification has it, so that its libraries can verify them.
 *
 * <p>Found by {@link java.util.ServiceLoader}, for few servers tell anybody.
 */
public final class HttpNoticeSender implements NoticeSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ALGORITHM = "HmacSHA256";

    private final TrustedServers trusted = TrustedServers.of(ServerTrust.USUAL);

    /** For the loader. */
    public HttpNoticeSender() {}

    @Override
    public Optional<String> send(Notice notice, Webhook to, Instant now) {
        byte[] body = NoticeJson.write(notice);
        String seconds = Long.toString(now.getEpochSecond());
        Request request = new Request("POST", to.address())
                .header("webhook-id", notice.id())
                .header("webhook-timestamp", seconds)
                .header("webhook-signature", "v1," + signature(to.secret(), notice.id() + "." + seconds + ".", body))
                .body("application/json", body);
        try (HttpConnection connection = HttpConnection.open(request)) {
            int status = connection.status(request, trusted, TIMEOUT);
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
        } catch (IOException e) {
            return Optional.of(
                    switch (e) {
                        case SocketTimeoutException _ -> "no answer in time";
                        case UnknownHostException _ -> "unknown host";
                        case ConnectException _ -> "connection refused";
                        case SSLException _ -> "no secure connection, its certificate or TLS version is not accepted";
                        default -> "the connection broke, or what answers does not speak HTTP";
                    });
        }
    }

    private static String signature(WebhookSecret secret, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal(), ALGORITHM));
            mac.update(before.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java knows no " + ALGORITHM, e);
        }
    }
}
