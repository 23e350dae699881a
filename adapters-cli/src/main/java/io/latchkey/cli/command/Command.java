package io.latchkey.cli.command;

import picocli.CommandLine.Model.CommandSpec;

/** Something to be done from the command line. */
public interface Command {
    /** Its options and its help; made anew at every call, because picocli ties it to one command line. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @return the exit code
     */
    int run(Arguments arguments);

    /** How the line begins that says it was refused or failed. */
    String failure();
}
