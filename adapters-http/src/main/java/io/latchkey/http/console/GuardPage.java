package io.latchkey.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.recipe.Question;
import io.latchkey.application.recipe.Recipe;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.server.Connections;
import io.latchkey.http.server.ConsoleListener;
import io.latchkey.http.server.ListenPoint;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The configurations that {@code latchkey config} prints, for the addresses that the reader types; nothing is kept. */
final class GuardPage implements Page {
    static final String PLACE = "guard";

    private static final String FILE = "file";

    private final ConsoleListener listener;

    /** @param listener the console's own, where no program can ask about tokens */
    GuardPage(ConsoleListener listener) {
        this.listener = listener;
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        Recipe recipe = recipe(visit.query());
        return switch (visit.path()) {
            case List<String> path when path.equals(List.of(PLACE)) -> page(visit, recipe);
            case List<String> path
            when path.equals(List.of(PLACE, FILE)) ->
                file(recipe, complete(answers(recipe, visit), here(recipe, visit)));
            case List<String> _ -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    private static Recipe recipe(FormFields query) {
        return query.has("program")
                ? Recipe.of(query.text("program")).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND))
                : Recipe.NGINX;
    }

    /** Those that were typed; an empty field means the default. */
    private static Map<Question, String> answers(Recipe recipe, Visit visit) {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        for (Question question : recipe.questions()) {
            String typed = visit.query().text(question.field());
            if (!typed.isEmpty()) {
                answers.put(question, typed);
            }
        }
        return answers;
    }

    /** Where the connection reached this server, whatever its request says; the default if a program could not ask there. */
    private String here(Recipe recipe, Visit visit) {
        InetSocketAddress local = visit.request().getServerAddress();
        String host = local.getAddress().getHostAddress();
        if (listener.accepted(local) || Connections.isSecure(visit.request()) || host.indexOf('%') >= 0) {
            return recipe.defaultAnswer(Question.LATCHKEY);
        }
        return "http://" + ListenPoint.authority(host, local.getPort());
    }

    private static Map<Question, String> complete(Map<Question, String> answers, String here) {
        Map<Question, String> all = new EnumMap<>(Map.of(Question.LATCHKEY, here));
        all.putAll(answers);
        return all;
    }

    private HttpResponse<?> page(Visit visit, Recipe recipe) {
        Map<Question, String> answers = answers(recipe, visit);
        String here = here(recipe, visit);
        try {
            String text = recipe.text(complete(answers, here));
            return page(
                    HttpStatus.OK, new GuardView(visit.frame("Guard a service"), recipe, answers, here, text, "", ""));
        } catch (TokenFailure.Invalid e) {
            return page(
                    HttpStatus.valueOf(Problem.of(e).status().code()),
                    new GuardView(visit.frame("Guard a service"), recipe, answers, here, "", e.sentence(), e.field()));
        }
    }

    private static HttpResponse<?> page(HttpStatus status, GuardView view) {
        return Html.page(status, output -> JteguardGenerated.render(output, null, view));
    }

    /** To save it, where a browser has no script to copy it. */
    private static HttpResponse<?> file(Recipe recipe, Map<Question, String> answers) {
        return HttpResponse.ok(recipe.text(answers).getBytes(UTF_8))
                .contentType("text/plain; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName(recipe) + "\"");
    }

    private static String fileName(Recipe recipe) {
        String path = recipe.destination();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
