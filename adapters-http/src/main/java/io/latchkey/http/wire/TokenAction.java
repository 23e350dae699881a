package io.latchkey.http.wire;

/** What can be done to a token by a POST below its path. */
public enum TokenAction {
    ROTATE("rotate"),
    FINISH_ROTATION("rotate/finish"),
    UNDO_ROTATION("rotate/undo"),
    DISABLE("disable"),
    ENABLE("enable");

    private final String path;

    TokenAction(String path) {
        this.path = path;
    }

    /** What follows the token's own path and a slash. */
    public String path() {
        return path;
    }
}
