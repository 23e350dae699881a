package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.TokenFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options of a command and its environment. */
public record Arguments(ParseResult parsed, Environment environment) {
    /**
     * A value and its source.
     *
     * @param source the option or the variable
     */
    public record Given(String text, String source) {}

    /** Whether an option was given. */
    public boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** The value of an option. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    /** The values of an option that may be repeated. */
    public List<String> values(String option) {
        String[] none = {};
        return List.of(parsed.matchedOptionValue(option, none));
    }

    /** The value of an option, else of the first of its variables that is set. */
    public Optional<Given> given(String option) {
        return value(option).map(text -> new Given(text, option)).or(() -> fromVariable(option));
    }

    /** Whether an option without a value was given, or else the first of its variables that is set says so. */
    public boolean flag(String option) {
        return has(option)
                || fromVariable(option)
                        .map(given -> parse(given, Arguments::truth))
                        .orElse(false);
    }

    private Optional<Given> fromVariable(String option) {
        return variables(option).names().stream()
                .flatMap(name -> environment.variable(name).map(text -> new Given(text, name)).stream())
                .findFirst();
    }

    /** Those that the option was declared with. */
    private OptionVariables variables(String option) {
        OptionSpec spec = parsed.commandSpec().findOption(option);
        return spec == null ? OptionVariables.NONE : OptionVariables.of(spec);
    }

    /** Parses true or false; any other text is refused, since a typo must not turn authentication off. */
    public static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw new TokenFailure.Invalid("without-auth", "expected true or false");
        };
    }

    /** The values of an option that may be repeated, else those in its variable, between separators. */
    public Stream<Given> givenList(String option) {
        if (has(option)) {
            return values(option).stream().map(text -> new Given(text, option));
        }
        String separator = variables(option).separator().orElseThrow();
        return fromVariable(option).stream()
                .flatMap(list ->
                        Stream.of(list.text().split(separator, -1)).map(text -> new Given(text, list.source())));
    }

    /** The value of an option that must be given, parsed. */
    public <T> T required(String option, Function<String, T> parser) {
        return parse(option, parser)
                .orElseThrow(() -> refused("the following required arguments were not provided: " + labelled(option)));
    }

    /** The value of an option, parsed; a refusal shows the value and what is wrong with it. */
    public <T> Optional<T> parse(String option, Function<String, T> parser) {
        return value(option).map(text -> parse(new Given(text, option), parser));
    }

    /** A given value, parsed; a refusal shows the value and what is wrong with it. */
    public <T> T parse(Given given, Function<String, T> parser) {
        try {
            return parser.apply(given.text());
        } catch (TokenFailure.Invalid e) {
            throw refused(InvalidValue.of(given, e.sentence()).message(labelled(given.source())));
        }
    }

    /** One of the constants of an enumeration, by its name in lower case, as an option or else its variable says. */
    public <E extends Enum<E>> E choice(String option, E otherwise) {
        return given(option)
                .map(given -> choice(given, otherwise.getDeclaringClass()))
                .orElse(otherwise);
    }

    /** The constant of an enumeration that was given, by its name in lower case. */
    public <E extends Enum<E>> E choice(Given given, Class<E> type) {
        return parse(
                given,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> name(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new TokenFailure.Invalid(
                                given.source(), "expected one of " + String.join(", ", names(type)))));
    }

    /** The names of the constants of an enumeration on the command line. */
    public static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Arguments::name).toList();
    }

    /** A usage error. */
    public ParameterException refused(String sentence) {
        return new ParameterException(parsed.commandSpec().commandLine(), sentence);
    }

    /** An option with its label, as in help. */
    private String labelled(String option) {
        OptionSpec spec = parsed.commandSpec().findOption(option);
        return spec == null ? option : option + " " + spec.paramLabel();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
