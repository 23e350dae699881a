package io.latchkey.http.browser;

/** How a person uses a browser. */
enum Way {
    MOUSE,
    KEYBOARD,
    WITHOUT_SCRIPT;

    Hand hand() {
        return switch (this) {
            case MOUSE, WITHOUT_SCRIPT -> new Mouse();
            case KEYBOARD -> new Keyboard();
        };
    }
}
