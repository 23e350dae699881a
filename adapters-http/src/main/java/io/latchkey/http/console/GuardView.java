package io.latchkey.http.console;

import io.latchkey.application.recipe.Question;
import io.latchkey.application.recipe.Recipe;
import io.latchkey.application.table.TerminalText;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page with a configuration shows.
 *
 * @param answers those that were typed
 * @param here the URL of Latchkey that is meant if none was typed
 * @param text of the configuration; empty if an answer is wrong
 * @param error what is wrong with an answer; empty for nothing
 * @param field the wrong answer; empty for none
 */
record GuardView(
        Frame frame,
        Recipe recipe,
        Map<Question, String> answers,
        String here,
        String text,
        String error,
        String field) {
    private static final String PAGE = Paths.CONSOLE + "/" + GuardPage.PLACE;

    /** Commands in the comments of a configuration. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:#|--) +(latchkey create token .+)$");

    List<Recipe> recipes() {
        return List.of(Recipe.values());
    }

    boolean isShown(Recipe other) {
        return recipe == other;
    }

    /** The page for another program, with the same answers. */
    String page(Recipe other) {
        return PAGE + query(other);
    }

    /** The file to save. */
    String file() {
        return PAGE + "/file" + query(recipe);
    }

    private String query(Recipe program) {
        return Stream.concat(
                        Stream.of("program=" + program.program()),
                        answers.entrySet().stream()
                                .map(each -> each.getKey().field() + "=" + PercentEncoding.encode(each.getValue())))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** What was typed, or the default. */
    String value(Question question) {
        return answers.getOrDefault(
                question,
                switch (question) {
                    case VERIFY_PORT -> "";
                    case LATCHKEY -> here;
                    case LISTEN, UPSTREAM, CREDENTIAL, RESOURCE, DIR -> recipe.defaultAnswer(question);
                });
    }

    boolean isChoice(Question question) {
        return question == Question.CREDENTIAL;
    }

    boolean isKept() {
        return "keep".equals(answers.get(Question.CREDENTIAL));
    }

    /** The description of the configuration, without the marks of commands. */
    String about() {
        return recipe.about().replace("`", "");
    }

    /** What an empty field means, if it is not simply the default; empty if it is. */
    String hint(Question question) {
        return question == Question.VERIFY_PORT
                ? "Empty for 20000, or 30000, plus the last four digits of the port where the program listens."
                : "";
    }

    /** The value of {@code aria-invalid}; null for no attribute. */
    @Nullable
    String isWrong(Question question) {
        return field.equals(question.field()) ? "true" : null;
    }

    /** What is wrong, with what was typed. */
    String sentence() {
        return recipe.questions().stream()
                .filter(question -> question.field().equals(field))
                .findFirst()
                .map(question -> question.about() + ": " + error)
                .orElse(error);
    }

    /** What was typed there, with invisible characters shown. */
    String typed() {
        return answers.entrySet().stream()
                .filter(each -> each.getKey().field().equals(field))
                .findFirst()
                .map(each -> TerminalText.of(each.getValue()))
                .orElse("");
    }

    /** The tokens that it needs, as commands. */
    List<String> commands() {
        return COMMAND.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
