package io.latchkey.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The environment variables that stand for an option where the option is not given.
 *
 * <p>They are kept in the option itself: {@link Arguments} reads them there, and {@link EnvironmentSection} describes
 * them from there.
 *
 * @param names the first that is set counts
 * @param meaning what help says of them; empty for "the same as" the option
 * @param separator a regular expression, for an option that may be repeated
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

    /** What they do, as help says it. */
    String meaning(OptionSpec option) {
        return meaning.orElseGet(
                () -> (CommandDescription.takesValue(option) ? "" : "true: ") + "the same as " + option.longestName());
    }
}
