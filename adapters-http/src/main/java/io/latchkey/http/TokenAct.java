package io.latchkey.http;

/** What can be done to a token by a POST below its path. */
enum TokenAct {
    ROTATE("rotate"),
    FINISH_ROTATION("rotate/finish"),
    UNDO_ROTATION("rotate/undo"),
    DISABLE("disable"),
    ENABLE("enable");

    private final String path;

    TokenAct(String path) {
        this.path = path;
    }

    /** What follows the token's own path and a slash. */
    String path() {
        return path;
    }
}
