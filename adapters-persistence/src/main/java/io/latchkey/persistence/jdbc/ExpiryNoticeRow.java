package io.latchkey.persistence.jdbc;

import io.latchkey.application.notification.DeliveryProgress.End;
import io.latchkey.application.notification.Notification;
import io.latchkey.domain.TokenId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Locale;

/**
 * A row of the table {@code end_notice}: the last delivered notification about the expiry of a token.
 *
 * @param expiresAt the expiry in the notification, in milliseconds since 1970
 * @param kind the name of a {@link Notification.Kind} in lower case
 */
@MappedEntity("end_notice")
record ExpiryNoticeRow(@Id long tokenId, long expiresAt, String kind) {
    /** The row as an object; throws a {@link DamagedRow} if Latchkey cannot have written it. */
    End toEnd() {
        try {
            return new End(
                    new TokenId(tokenId),
                    Instant.ofEpochMilli(expiresAt),
                    Notification.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
        } catch (RuntimeException e) {
            throw new DamagedRow("the expiry notification of token " + tokenId, e);
        }
    }
}
