package io.latchkey.wrong.domain;

import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks the rule that the domain knows only values. */
final class ReadsFiles {
    boolean exists(Path file) {
        return Files.exists(file);
    }
}
