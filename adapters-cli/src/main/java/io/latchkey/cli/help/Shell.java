package io.latchkey.cli.help;

import picocli.CommandLine.Model.CommandSpec;

/** A shell that can be told what to offer while a command is being typed. */
enum Shell {
    BASH,
    ZSH,
    FISH;

    /** What the shell must be told; it starts no program when read, and when used only for the names of tokens. */
    String script(CommandSpec latchkey) {
        return switch (this) {
            case BASH -> BashCompletion.script(latchkey);
            case ZSH -> ZshCompletion.script(latchkey);
            case FISH -> FishCompletion.script(latchkey);
        };
    }
}
