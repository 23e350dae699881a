package io.latchkey.cli.config;

import io.latchkey.application.recipe.Question;
import io.latchkey.application.recipe.Recipe;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code config PROGRAM}: prints a configuration for another program. */
public record PrintConfig(Recipe recipe) implements Command {
    private static final String STRIPPED = "--strip-credential";
    private static final String KEPT = "--no-strip-credential";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, recipe.program(), recipe.about() + ".");
        for (Question question : recipe.questions()) {
            if (question == Question.CREDENTIAL) {
                spec.addOption(CommandSpecs.flag(
                                "Remove the token before the service gets a request (default)", STRIPPED))
                        .addOption(CommandSpecs.flag(
                                "Leave the token in Authorization, for a service that reads it itself", KEPT));
            } else {
                spec.addOption(CommandSpecs.value(
                        "<" + question.form() + ">",
                        question.about() + " (default: " + defaultAnswer(question) + ")",
                        option(question)));
            }
        }
        spec.usageMessage()
                .footerHeading("%n")
                .footer("Example:", "  latchkey config " + recipe.program() + " > " + recipe.destination());
        return spec;
    }

    private String defaultAnswer(Question question) {
        return question == Question.VERIFY_PORT
                ? "20000, or 30000, plus the last four digits of the port of --listen"
                : recipe.defaultAnswer(question);
    }

    @Override
    public String failure() {
        return "Config command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        for (Question question : recipe.questions()) {
            if (question == Question.CREDENTIAL) {
                answers.put(question, credential(arguments));
            } else {
                arguments.parse(option(question), question::checked).ifPresent(answer -> answers.put(question, answer));
            }
        }
        arguments.environment().out().print(recipe.text(answers));
        return ExitCode.OK;
    }

    private static String credential(Arguments arguments) {
        if (arguments.has(STRIPPED) && arguments.has(KEPT)) {
            throw arguments.refused(STRIPPED + " cannot be used with " + KEPT + ": the service gets the token or not");
        }
        return arguments.has(KEPT) ? "keep" : "strip";
    }

    private static String option(Question question) {
        return "--" + question.field();
    }
}
