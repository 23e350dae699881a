package io.latchkey.persistence.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * The only row of the table {@code notice}: the delivery progress of notifications.
 *
 * @param one always 1, the primary key
 * @param revision notifications of changes are delivered up to this ledger revision, except those in {@code owed_notice}
 * @param alarms notifications about the use of retired secrets are delivered up to this revision, with the same exceptions
 * @param since start of the first delivery, in milliseconds since 1970; earlier expiries are not delivered
 */
@MappedEntity("notice")
record DeliveryRow(@Id int one, long revision, long alarms, long since) {}
