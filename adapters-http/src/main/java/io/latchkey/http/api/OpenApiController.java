package io.latchkey.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.latchkey.http.server.ConsoleListener;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The description of the API, for programs and for people; public.
 *
 * <p>The page shows it with Swagger UI from our own jars; its content security policy forbids requests to other hosts.
 */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class OpenApiController {
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";

    private static final String WELCOME = """
            <!DOCTYPE html>
            <html lang="en">
            <title>Latchkey</title>
            <p>This is Latchkey, a token authority. The documentation of its API is at <a href="docs">/docs</a>, in
            machine-readable form at <a href="openapi.yml">/openapi.yml</a>.</p>%s
            </html>
            """;

    private static final String CONSOLE = """

            <p>People can look at its tokens in the <a href="console/">console</a>.</p>""";

    /** Swagger UI has images as data URLs, and no inline scripts or styles. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte[] welcome;
    private final ConsoleListener console;

    OpenApiController(@Value("${latchkey.console.enabled:true}") boolean hasConsole, ConsoleListener console) {
        this.console = console;
        boolean isHere = hasConsole && !console.isPresent();
        welcome = WELCOME.replace("%s", isHere ? CONSOLE : "").getBytes(UTF_8);
    }

    @Get(value = Paths.API_DESCRIPTION, headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> openapi() {
        return answer("openapi.yml", "application/yaml");
    }

    /** A page that says what this server is. Its links are relative, so that they work behind a path of a proxy. */
    @Get(value = Paths.ROOT, headRoute = false)
    HttpResponse<?> welcome(HttpRequest<?> request) {
        if (console.accepted(request.getServerAddress())) {
            return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, Paths.CONSOLE + "/");
        }
        return HttpResponse.ok(welcome)
                .contentType("text/html; charset=utf-8")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    }

    @Get(value = Paths.DOCS, headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> page() {
        return answer("docs.html", "text/html; charset=utf-8").header("Content-Security-Policy", POLICY);
    }

    @Get(value = Paths.DOCS_SCRIPT, headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> script() {
        return answer("docs.js", "text/javascript; charset=utf-8");
    }

    @Get(value = Paths.DOCS_RENDERER, headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> renderer() {
        return answer(renderer("swagger-ui-bundle.js"), "text/javascript; charset=utf-8");
    }

    @Get(value = Paths.DOCS_STYLE, headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> style() {
        return answer(renderer("swagger-ui.css"), "text/css; charset=utf-8");
    }

    private static MutableHttpResponse<?> answer(String resource, String type) {
        return HttpResponse.ok(read(resource)).contentType(type).header("X-Content-Type-Options", "nosniff");
    }

    /** The path of a file of Swagger UI, which contains its version. */
    private static String renderer(String file) {
        try (InputStream pom = stream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            properties.load(pom);
            return SWAGGER_UI + properties.getProperty("version") + "/" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream stream = stream(resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String resource) {
        return requireNonNull(OpenApiController.class.getResourceAsStream(resource), resource);
    }
}
