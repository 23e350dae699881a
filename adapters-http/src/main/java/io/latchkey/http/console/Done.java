package io.latchkey.http.console;

/** What a form has done. The page that is shown next says it once: the session keeps it, because a URL could be believed. */
enum Done {
    EDITED("The token was changed."),
    EXTENDED("The token has its new expiry."),
    DISABLED("The token is disabled: its secrets are refused from now on."),
    ENABLED("The token is enabled again."),
    FINISHED("The rotation is finished: the old secret is refused from now on."),
    UNDONE("The rotation is undone: the old secret is the current one again, and the new one is refused."),
    DELETED("The token was deleted: its secrets are refused from now on. The ledger keeps its history.");

    private final String sentence;

    Done(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
