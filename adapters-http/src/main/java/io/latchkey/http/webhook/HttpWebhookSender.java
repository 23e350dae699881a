package io.latchkey.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.notification.Notification;
import io.latchkey.application.notification.NotificationSender;
import io.latchkey.application.notification.NotificationSender.Receipt;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.notification.WebhookSecret;
import io.latchkey.http.client.HttpConnection;
import io.latchkey.http.client.HttpProxy;
import io.latchkey.http.client.RawRequest;
import io.latchkey.http.client.RawResponse;
import io.latchkey.http.client.RetryAfter;
import io.latchkey.http.client.ServerTrustContext;
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

/** Sends notifications as requests that are signed as in the Standard Webhooks specification. */
record HttpWebhookSender(Webhook webhook, ServerTrustContext trusted) implements NotificationSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ALGORITHM = "HmacSHA256";

    @Override
    public Receipt send(Notification notification, Instant now) {
        byte[] body = WebhookJson.write(notification);
        String seconds = Long.toString(now.getEpochSecond());
        RawRequest request = new RawRequest("POST", webhook.address())
                .header("webhook-id", notification.id())
                .header("webhook-timestamp", seconds)
                .header(
                        "webhook-signature",
                        "v1," + signature(webhook.secret(), notification.id() + "." + seconds + ".", body))
                .body("application/json", body);
        try (HttpConnection connection =
                HttpConnection.open(request, webhook.proxy().map(HttpProxy::new))) {
            return receipt(connection.send(request, trusted, TIMEOUT).head().alone(), now);
        } catch (IOException e) {
            return new Receipt.Postponed(reason(e), Optional.empty());
        }
    }

    private static Receipt receipt(RawResponse answer, Instant now) {
        String reason = "it answered " + answer.status();
        if (answer.status() / 100 == 2) {
            return new Receipt.Accepted();
        }
        return switch (answer.status()) {
            // Standard Webhooks: the receiver wants no further notifications.
            case 410 -> new Receipt.Ended(reason);
            case 408, 425, 429 -> new Receipt.Postponed(reason, RetryAfter.of(answer, now));
            default ->
                answer.status() / 100 == 4
                        ? new Receipt.Rejected(reason)
                        : new Receipt.Postponed(reason, RetryAfter.of(answer, now));
        };
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case HttpProxy.Refused refused -> "the proxy answered " + refused.status();
            case SocketTimeoutException _ -> "no response in time";
            case UnknownHostException _ -> "unknown host";
            case ConnectException _ -> "connection refused";
            case SSLException _ -> "no secure connection, because its certificate or TLS version is not accepted";
            default -> "the connection broke, or the response is not HTTP";
        };
    }

    private static String signature(WebhookSecret secret, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal(), ALGORITHM));
            mac.update(before.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java does not support " + ALGORITHM, e);
        }
    }
}
