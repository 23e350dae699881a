package io.latchkey.wrong.cli;

/** Breaks the rule that output has one way. */
final class Prints {
    void print() {
        System.out.println("anything");
    }
}
