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

/** What a command was given: its options, and the environment around them. */
public record Arguments(ParseResult parsed, Environment environment) {
    /**
     * A value and where it comes from.
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

    /** The value of an option, else of the first of some variables that is set. */
    public Optional<Given> given(String option, String... variables) {
        return value(option)
                .map(text -> new Given(text, option))
                .or(() -> List.of(variables).stream()
                        .flatMap(name -> environment.variable(name).map(text -> new Given(text, name)).stream())
                        .findFirst());
    }

    /** Whether an option without a value was given, or else the first of some variables that is set says so. */
    public boolean flag(String option, String... variables) {
        return has(option)
                || Stream.of(variables)
                        .flatMap(name -> environment.variable(name).map(text -> new Given(text, name)).stream())
                        .findFirst()
                        .map(given -> parse(given, Arguments::truth))
                        .orElse(false);
    }

    /** Not whatever is not false: a slip must not open the door. */
    public static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw new TokenFailure.Invalid("without-auth", "expected true or false");
        };
    }

    /** The values of an option that may be repeated, else those in a variable, between separators. */
    public Stream<Given> givenList(String option, String variable, String separator) {
        if (has(option)) {
            return values(option).stream().map(text -> new Given(text, option));
        }
        return environment.variable(variable).stream()
                .flatMap(list -> Stream.of(list.split(separator, -1)))
                .map(text -> new Given(text, variable));
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

    /** One of the constants of an enumeration, by its name in lower case, as an option or else a variable says. */
    public <E extends Enum<E>> E choice(String option, E otherwise, String... variables) {
        return given(option, variables)
                .map(given -> choice(given, otherwise.getDeclaringClass()))
                .orElse(otherwise);
    }

    /** The constant of an enumeration that was given, by its name in lower case. */
    public <E extends Enum<E>> E choice(Given given, Class<E> type) {
        return parse(
                given,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(one -> name(one).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new TokenFailure.Invalid(
                                given.source(), "expected one of " + String.join(", ", names(type)))));
    }

    /** How the constants of an enumeration are given. */
    public static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Arguments::name).toList();
    }

    /** A usage error. */
    public ParameterException refused(String sentence) {
        return new ParameterException(parsed.commandSpec().commandLine(), sentence);
    }

    /** An option as the help shows it. */
    private String labelled(String option) {
        OptionSpec spec = parsed.commandSpec().findOption(option);
        return spec == null ? option : option + " " + spec.paramLabel();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
