package io.latchkey.http.wire;

/** An action on a token, requested by a POST below its path. */
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

    /** The path segment after that of the token. */
    public String path() {
        return path;
    }
}
