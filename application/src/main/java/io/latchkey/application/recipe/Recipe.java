package io.latchkey.application.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration file for another program that uses Latchkey or searches for its tokens.
 *
 * <p>Tests run them with the real programs where those can be installed; each other template says that it is not
 * tested.
 */
public enum Recipe {
    NGINX("nginx.conf", "/etc/nginx/conf.d/latchkey.conf", "nginx", "nginx: auth_request"),
    CADDY("Caddyfile", "/etc/caddy/Caddyfile", "Caddy", "Caddy: forward_auth"),
    HAPROXY(
            "haproxy.cfg",
            "/etc/haproxy/latchkey.cfg",
            "HAProxy",
            "HAProxy, with the Lua script of `config haproxy-lua`"),
    HAPROXY_LUA("haproxy.lua", "/etc/haproxy/latchkey.lua", "HAProxy: Lua script", "Lua script for `config haproxy`"),
    TRAEFIK("traefik.yml", "/etc/traefik/latchkey.yml", "Traefik", "Traefik: forwardAuth"),
    ENVOY("envoy.yaml", "/etc/envoy/envoy.yaml", "Envoy", "Envoy: ext_authz"),
    APACHE(
            "apache.conf",
            "/etc/apache2/sites-available/latchkey.conf",
            "Apache",
            "Apache: mod_auth_openidc, by introspection"),
    DOVECOT(
            "dovecot.conf",
            "/etc/dovecot/conf.d/99-latchkey.conf",
            "Dovecot",
            "Dovecot: logins by introspection, with the file of `config dovecot-oauth2`"),
    DOVECOT_OAUTH2(
            "dovecot-oauth2.conf.ext",
            "/etc/dovecot/latchkey-oauth2.conf.ext",
            "Dovecot: introspection",
            "Second file for `config dovecot`"),
    PROMETHEUS(
            "prometheus.yml",
            "/etc/prometheus/prometheus.yml",
            "Prometheus",
            "Prometheus: a job that reads the metrics"),
    GITLEAKS("gitleaks.toml", ".gitleaks.toml", "gitleaks", "gitleaks: a rule that finds tokens"),
    PRE_COMMIT(
            "pre-commit.yaml",
            ".pre-commit-config.yaml",
            "pre-commit",
            "pre-commit: a hook that keeps tokens out of commits");

    private final String template;
    private final String destination;
    private final String title;
    private final String about;

    Recipe(String template, String destination, String title, String about) {
        this.template = template;
        this.destination = destination;
        this.title = title;
        this.about = about;
    }

    /** The recipe for a program, by the name that {@link #program} returns. */
    public static Optional<Recipe> of(String program) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.program().equals(program))
                .findFirst();
    }

    /** Its name on the command line and in URLs: lower-case letters, digits and hyphens. */
    public String program() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of the program, as it spells itself; with the part, if it has several files. */
    public String title() {
        return title;
    }

    /** Its description in one line. */
    public String about() {
        return about;
    }

    /** The usual path of the file, on Debian or in a repository. */
    public String destination() {
        return destination;
    }

    /** What it must be told. Each question has a default answer. */
    public List<Question> questions() {
        return switch (this) {
            case NGINX, CADDY, TRAEFIK, ENVOY, APACHE ->
                List.of(Question.LISTEN, Question.UPSTREAM, Question.CREDENTIAL, Question.RESOURCE, Question.LATCHKEY);
            case HAPROXY -> List.of(Question.values());
            case DOVECOT_OAUTH2 -> List.of(Question.RESOURCE, Question.LATCHKEY);
            case PROMETHEUS -> List.of(Question.LATCHKEY, Question.DIR);
            case DOVECOT -> List.of(Question.DIR);
            case HAPROXY_LUA, GITLEAKS, PRE_COMMIT -> List.of();
        };
    }

    /** The answer to a question that is used if no other is given, but for the verify port, which depends on another answer. */
    public String defaultAnswer(Question question) {
        return switch (question) {
            case LISTEN -> "127.0.0.1:8080";
            case UPSTREAM -> "http://127.0.0.1:9000";
            case CREDENTIAL -> "strip";
            case RESOURCE -> this == DOVECOT_OAUTH2 ? "mail:imap" : "service:web";
            case LATCHKEY -> "http://127.0.0.1:8181";
            case VERIFY_PORT -> "28080";
            case DIR -> folder();
        };
    }

    /** The folder of the file. */
    private String folder() {
        return destination.substring(0, Math.max(0, destination.indexOf('/', "/etc/".length())));
    }

    /**
     * The text of the file.
     *
     * @param given answers to some of its questions, others have their default; an answer to a question that it does
     *     not have is not read
     * @throws io.latchkey.domain.TokenFailure.Invalid if an answer is not well-formed; the sentence says what is
     *     expected, and the field is that of the question
     */
    public String text(Map<Question, String> given) {
        return new Answers(this, given).fill(template());
    }

    /** The text with its placeholders, such as {@code @listen@}. */
    String template() {
        try (InputStream in = Recipe.class.getResourceAsStream(template)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + template);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
