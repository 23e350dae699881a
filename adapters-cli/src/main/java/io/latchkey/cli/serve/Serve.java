package io.latchkey.cli.serve;

import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.HangupSignal;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.cli.terminal.OpenFileLimit;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** {@code serve}: an authority for others, until the process is told to end. */
public record Serve(Servers authorities) implements Command {
    private static final String[] VARIABLES = {
        "  LATCHKEY_HTTP_BIND, INFLUXDB3_HTTP_BIND_ADDR          the same as --http-bind",
        "  INFLUXDB3_ADMIN_TOKEN_FILE                            --admin-token-file, several with : between",
        "  LATCHKEY_ADMIN_TOKEN_HASH                             --admin-token-hash, several with , between",
        "  INFLUXDB3_ADMIN_TOKEN_RECOVERY_HTTP_BIND_ADDR, INFLUXDB3_ADMIN_TOKEN_RECOVERY_HTTP_BIND",
        "                                                        the same as --admin-token-recovery-http-bind",
        "  INFLUXDB3_DISABLE_AUTHZ                               the same as --disable-authz",
        "  INFLUXDB3_WITHOUT_AUTH, INFLUXDB3_START_WITHOUT_AUTH  true: the same as --without-auth",
        "  INFLUXDB3_MAX_HTTP_REQUEST_SIZE                       the same as --max-http-request-size",
        "  INFLUXDB3_TLS_CERT, INFLUXDB3_TLS_KEY                 the same as --tls-cert and --tls-key",
        "  INFLUXDB3_TLS_MINIMUM_VERSION                         the same as --tls-minimum-version",
        "  LATCHKEY_MAX_EXPIRY, LATCHKEY_DEFAULT_EXPIRY          the same as --max-expiry, --default-expiry",
        "  LATCHKEY_REQUIRE_EXPIRY                               true: the same as --require-expiry",
        "  LATCHKEY_VERIFY_HEADER, LATCHKEY_TRUSTED_PROXY        the same as --verify-header, --trusted-proxy",
        "  LATCHKEY_TRUSTED_PROXY_HEADER                         the same as --trusted-proxy-header",
        "  LATCHKEY_PUBLIC_URL, LATCHKEY_INTROSPECTION_EXP       the same as those options",
        "  LATCHKEY_WEBHOOK, LATCHKEY_WEBHOOK_CA                 the same as --webhook and --webhook-ca",
        "  LATCHKEY_WEBHOOK_SECRET                               the webhook's secret itself, or @FILE",
        "  LATCHKEY_WEBHOOK_EXPIRING_WITHIN                      the same as --webhook-expiring-within",
        "  HTTPS_PROXY, NO_PROXY                                 proxy to the webhook, and hosts without one",
        "  LATCHKEY_ALLOW_REMOTE_BOOTSTRAP, LATCHKEY_ALLOW_REMOTE_RECOVERY, LATCHKEY_METRICS_TOKEN_NAMES",
        "                                                        true: the same as those options",
        "  LATCHKEY_LOG_FORMAT                                   the same as --log-format",
        "  LATCHKEY_DB                                           the same as --db",
    };

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, "serve", "Serve the token authority over HTTP.")
                .addOption(CommandSpecs.value(
                        "<HOST:PORT>", "Address to listen on (default: 127.0.0.1:8181)", "--http-bind"))
                .addOption(CommandSpecs.flag(
                        "Allow any client to create the first operator token", "--allow-remote-bootstrap"));
        PreconfiguredTokens.addTo(spec);
        RecoverySettings.addTo(spec);
        TlsSettings.addTo(spec);
        AuthenticationSettings.addTo(spec);
        ForwardAuthSettings.addTo(spec);
        ExpirySettings.addTo(spec);
        WebhookSettings.addTo(spec);
        spec.addOption(CommandSpecs.choice(
                LogFormat.class, "<FORMAT>", "Log lines on standard error: text or json", "--log-format"));
        CommandSpecs.addFile(spec);
        InfluxDbOptions.addTo(spec);
        return CommandSpecs.withExamples(
                spec,
                new String[] {
                    "  latchkey serve",
                    "  latchkey serve --http-bind 0.0.0.0:8181 --db /var/lib/latchkey/latchkey.db --log-format json",
                },
                VARIABLES);
    }

    @Override
    public String failure() {
        return "Serve command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        OpenFileLimit.ofProcess().check();
        LogFormat format = arguments.choice("--log-format", LogFormat.TEXT, "LATCHKEY_LOG_FORMAT");
        ServerSettings settings = new ServerSettings(
                Location.file(arguments),
                arguments
                        .given("--http-bind", "LATCHKEY_HTTP_BIND", "INFLUXDB3_HTTP_BIND_ADDR")
                        .map(given -> arguments.parse(given, ListenAddress::parse))
                        .orElse(ListenAddress.USUAL),
                TlsSettings.of(arguments),
                arguments.flag("--allow-remote-bootstrap", "LATCHKEY_ALLOW_REMOTE_BOOTSTRAP")
                        ? ServerSettings.RemoteBootstrap.ALLOWED
                        : ServerSettings.RemoteBootstrap.REFUSED,
                AuthenticationSettings.of(arguments),
                PreconfiguredTokens.of(arguments),
                RecoverySettings.of(arguments),
                ForwardAuthSettings.of(arguments),
                ExpirySettings.of(arguments),
                WebhookSettings.of(arguments),
                format);
        Servers.Serving serving = authorities.serve(settings);
        InfluxDbOptions.announce(arguments);
        endWhenTold(serving);
        HangupSignal.handle(serving::reload);
        String file = TerminalText.of(settings.location().file().toString());
        PrintWriter out = arguments.environment().out();
        out.print("Latchkey listens on " + serving.address() + "\n" + "and keeps its tokens in " + file + "\n");
        if (serving.isNew()) {
            out.printf(Locale.ROOT, """

                    Nobody has a token yet. Next:
                      latchkey create token --admin --db %s
                      latchkey create token --admin --name NAME --host %s --token OPERATOR_TOKEN
                      latchkey config nginx --latchkey %s
                    """, file, serving.address(), serving.address());
        }
        out.flush();
        return forEver();
    }

    /**
     * Answers what was asked when a signal comes, and ends with 0: to be told to end is no failure.
     *
     * <p>The virtual machine would end with 143 otherwise, whatever its hooks do; there is no other way to say so.
     */
    private static void endWhenTold(Servers.Serving serving) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            serving.close();
                            Runtime.getRuntime().halt(ExitCode.OK);
                        },
                        "latchkey-shutdown"));
    }

    private static int forEver() {
        try {
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }
}
