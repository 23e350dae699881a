package io.latchkey.wrong.cli;

/** Breaks the rule that tests wait for what they wait for. */
final class Sleeps {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
