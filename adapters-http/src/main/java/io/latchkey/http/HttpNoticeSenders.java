package io.latchkey.http;

import io.latchkey.application.NoticeSender;
import io.latchkey.application.NoticeSenders;
import io.latchkey.application.Webhook;

/**
 * Notices over HTTP.
 *
 * <p>Found by {@link java.util.ServiceLoader}, for few servers tell anybody.
 */
public final class HttpNoticeSenders implements NoticeSenders {
    /** For the loader. */
    public HttpNoticeSenders() {}

    @Override
    public NoticeSender to(Webhook webhook) {
        return new HttpNoticeSender(webhook, TrustedServers.of(webhook.trust()));
    }
}
