package io.latchkey.application.notification;

/**
 * The attempts so far to deliver a notification.
 *
 * @param failures number of failed attempts
 * @param rejections how many of them the receiver rejected
 * @param since time of the first failure, in nanoseconds of the ticker
 */
record DeliveryAttempts(int failures, int rejections, long since) {
    static final DeliveryAttempts NONE = new DeliveryAttempts(0, 0, 0);

    DeliveryAttempts failed(long now) {
        return new DeliveryAttempts(failures + 1, rejections, failures == 0 ? now : since);
    }

    DeliveryAttempts rejected(long now) {
        return new DeliveryAttempts(failures + 1, rejections + 1, failures == 0 ? now : since);
    }
}
