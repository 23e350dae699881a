package io.latchkey.cli.command;

import picocli.CommandLine.Model.CommandSpec;

/** A command of the command line. */
public interface Command {
    /** Describes its options and help; a new object for each call, because picocli ties it to one command line. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @return the exit code
     */
    int run(Arguments arguments);

    /** The start of its error messages. */
    String failure();
}
