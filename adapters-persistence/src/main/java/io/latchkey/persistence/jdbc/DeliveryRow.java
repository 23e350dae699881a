package io.latchkey.persistence.jdbc;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * The only row of the table {@code notice}: how far the notifications are.
 *
 * @param one always 1
 * @param revision the ledger entry up to which notifications of changes are delivered, but for those in {@code owed_notice}
 * @param alarms the same of notifications about the use of retired secrets
 * @param since when notifications began, in milliseconds since 1970; earlier expiries are never notified
 */
@MappedEntity("notice")
record DeliveryRow(@Id int one, long revision, long alarms, long since) {}
