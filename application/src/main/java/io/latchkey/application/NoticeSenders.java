package io.latchkey.application;

/** Ways to receivers of notices. */
public interface NoticeSenders {
    /**
     * The way to a receiver, which is not asked yet.
     *
     * @throws AuthorityUnavailable if the certificates in the webhook's file cannot be used
     */
    NoticeSender to(Webhook webhook);
}
