package io.latchkey.application.notification;

/**
 * The attempts so far to tell a notice.
 *
 * @param failures how many there were, for whatever reason
 * @param rejections how many of them because the receiver did not want it
 * @param since when the first failed, in nanoseconds since any moment
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
