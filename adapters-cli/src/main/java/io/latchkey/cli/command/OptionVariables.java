package io.latchkey.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The environment variables of an option, which are read if the option is not given.
 *
 * <p>They are stored in the option itself, so that {@link Arguments} reads and {@link EnvironmentSection} describes
 * the same variables.
 *
 * @param names the first that is set counts
 * @param meaning description in help; empty for "the same as" the option
 * @param separator regular expression that separates values, for an option that may be repeated
 */
record OptionVariables(List<String> names, Optional<String> meaning, Optional<String> separator) {
    static final OptionVariables NONE = new OptionVariables(List.of(), Optional.empty(), Optional.empty());

    /** The variables of an option. */
    static OptionVariables of(OptionSpec option) {
        return option.userObject() instanceof OptionVariables variables ? variables : NONE;
    }

    OptionSpec addedTo(OptionSpec option) {
        return OptionSpec.builder(option).userObject(this).build();
    }

    /** Their description in help. */
    String meaning(OptionSpec option) {
        return meaning.orElseGet(
                () -> (CommandDescription.takesValue(option) ? "" : "true: ") + "the same as " + option.longestName());
    }
}
