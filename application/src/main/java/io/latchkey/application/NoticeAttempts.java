package io.latchkey.application;

/**
 * The attempts so far to tell a notice.
 *
 * @param failures how many there were, for whatever reason
 * @param rejections how many of them because the receiver did not want it
 * @param since when the first failed, in nanoseconds since any moment
 */
record NoticeAttempts(int failures, int rejections, long since) {
    static final NoticeAttempts NONE = new NoticeAttempts(0, 0, 0);

    NoticeAttempts failed(long now) {
        return new NoticeAttempts(failures + 1, rejections, failures == 0 ? now : since);
    }

    NoticeAttempts rejected(long now) {
        return new NoticeAttempts(failures + 1, rejections + 1, failures == 0 ? now : since);
    }
}
