package io.latchkey.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * Templates of configuration files for other programs that use Latchkey or search for its tokens.
 *
 * <p>Tests run them with the real programs where those can be installed; each other template says that it is not
 * tested.
 */
public enum ConfigTemplate {
    NGINX("nginx.conf", "/etc/nginx/conf.d/latchkey.conf", "nginx: auth_request"),
    CADDY("Caddyfile", "/etc/caddy/Caddyfile", "Caddy: forward_auth"),
    HAPROXY("haproxy.cfg", "/etc/haproxy/latchkey.cfg", "HAProxy, with the Lua script of `config haproxy-lua`"),
    HAPROXY_LUA("haproxy.lua", "/etc/haproxy/latchkey.lua", "Lua script for `config haproxy`"),
    TRAEFIK("traefik.yml", "/etc/traefik/latchkey.yml", "Traefik: forwardAuth"),
    ENVOY("envoy.yaml", "/etc/envoy/envoy.yaml", "Envoy: ext_authz"),
    APACHE("apache.conf", "/etc/apache2/sites-available/latchkey.conf", "Apache: mod_auth_openidc, by introspection"),
    DOVECOT(
            "dovecot.conf",
            "/etc/dovecot/conf.d/99-latchkey.conf",
            "Dovecot: logins by introspection, with the file of `config dovecot-oauth2`"),
    DOVECOT_OAUTH2(
            "dovecot-oauth2.conf.ext", "/etc/dovecot/latchkey-oauth2.conf.ext", "Second file for `config dovecot`"),
    PROMETHEUS("prometheus.yml", "/etc/prometheus/prometheus.yml", "Prometheus: a job that reads the metrics"),
    GITLEAKS("gitleaks.toml", ".gitleaks.toml", "gitleaks: a rule that finds tokens"),
    PRE_COMMIT("pre-commit.yaml", ".pre-commit-config.yaml", "pre-commit: a hook that keeps tokens out of commits");

    private final String resource;
    private final String destination;
    private final String about;

    ConfigTemplate(String resource, String destination, String about) {
        this.resource = resource;
        this.destination = destination;
        this.about = about;
    }

    /** Its name on the command line. */
    public String program() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The usual path of the file, on Debian or in a repository. */
    String destination() {
        return destination;
    }

    /** Its description in one line. */
    String about() {
        return about;
    }

    /** Whether the program is a proxy in front of a service, and needs a listen address. */
    boolean guards() {
        return switch (this) {
            case NGINX, CADDY, HAPROXY, TRAEFIK, ENVOY, APACHE -> true;
            case HAPROXY_LUA, DOVECOT, DOVECOT_OAUTH2, PROMETHEUS, GITLEAKS, PRE_COMMIT -> false;
        };
    }

    /** Whether it names a permission that tokens need. */
    boolean asksForPermissions() {
        return switch (this) {
            case NGINX, CADDY, HAPROXY, TRAEFIK, ENVOY, APACHE, DOVECOT_OAUTH2 -> true;
            case HAPROXY_LUA, DOVECOT, PROMETHEUS, GITLEAKS, PRE_COMMIT -> false;
        };
    }

    /** The default resource of these permissions. */
    Resource resource() {
        return this == DOVECOT_OAUTH2 ? new Resource("mail", "imap") : new Resource("service", "web");
    }

    /** Whether it contains the address of Latchkey. */
    boolean namesLatchkey() {
        return switch (this) {
            case NGINX, CADDY, HAPROXY, TRAEFIK, ENVOY, APACHE, DOVECOT_OAUTH2, PROMETHEUS -> true;
            case HAPROXY_LUA, DOVECOT, GITLEAKS, PRE_COMMIT -> false;
        };
    }

    /** Whether a script asks Latchkey, through a separate local port. */
    boolean asksByScript() {
        return this == HAPROXY;
    }

    /** Whether it refers to other files in a folder. */
    boolean namesFiles() {
        return switch (this) {
            case HAPROXY, DOVECOT, PROMETHEUS -> true;
            case NGINX, CADDY, HAPROXY_LUA, TRAEFIK, ENVOY, APACHE, DOVECOT_OAUTH2, GITLEAKS, PRE_COMMIT -> false;
        };
    }

    /** The default folder of those files. */
    String folder() {
        return !namesFiles() ? "" : destination.substring(0, destination.indexOf('/', "/etc/".length()));
    }

    /** The text with its placeholders, such as {@code @listen@}. */
    public String text() {
        try (InputStream in = ConfigTemplate.class.getResourceAsStream("recipes/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with values for its placeholders, and with those of its optional lines that belong to a choice. */
    String filled(Map<String, String> values, StripCredential strip) {
        String text = strip.lines(text());
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }
}
