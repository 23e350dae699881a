package io.latchkey.cli.help;

import picocli.CommandLine.Model.CommandSpec;

/** A shell with a completion script. */
enum Shell {
    BASH,
    ZSH,
    FISH;

    /** The script. It starts no program when it is loaded, and later only to complete names of tokens. */
    String script(CommandSpec latchkey) {
        return switch (this) {
            case BASH -> BashCompletion.script(latchkey);
            case ZSH -> ZshCompletion.script(latchkey);
            case FISH -> FishCompletion.script(latchkey);
        };
    }
}
