package io.latchkey.cli.serve;

import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.HangupSignal;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.cli.terminal.OpenFileLimit;
import io.latchkey.cli.terminal.Variable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** {@code serve}: runs the server until the process is stopped. */
public record Serve(Servers authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, "serve", "Serve the token authority over HTTP.")
                .addOption(ServerOptions.listenAddress("Address to listen on (default: 127.0.0.1:8181)"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.flag(
                                "Allow any client to create the first operator token", "--allow-remote-bootstrap"),
                        "LATCHKEY_ALLOW_REMOTE_BOOTSTRAP"));
        PreconfiguredTokens.addTo(spec);
        RecoverySettings.addTo(spec);
        TlsSettings.addTo(spec);
        AuthenticationSettings.addTo(spec);
        ForwardAuthSettings.addTo(spec);
        ConsoleSettings.addTo(spec);
        VerifySettings.addTo(spec);
        ExpirySettings.addTo(spec);
        RotationSettings.addTo(spec);
        WebhookSettings.addTo(spec);
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.choice(
                        LogFormat.class, "<FORMAT>", "Log lines on standard error: text or json", "--log-format"),
                "LATCHKEY_LOG_FORMAT"));
        CommandSpecs.addFile(spec);
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.value(
                        "<DIR>",
                        "Folder in which this server remembers the newest ledger entry that it saw in PostgreSQL, so"
                                + " that it notices lost entries after a restart",
                        "--state-dir"),
                "LATCHKEY_STATE_DIR"));
        InfluxDbOptions.addTo(spec);
        return CommandSpecs.withExamples(
                spec,
                List.of(Variable.HTTPS_PROXY, Variable.NO_PROXY, Variable.DEBUG),
                "  latchkey serve",
                "  latchkey serve --http-bind 0.0.0.0:8181 --db /var/lib/latchkey/latchkey.db --log-format json");
    }

    @Override
    public String failure() {
        return "Serve command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        OpenFileLimit.ofProcess().check();
        LogFormat format = arguments.choice("--log-format", LogFormat.TEXT);
        ListenAddress bind = ServerOptions.listenAddress(arguments);
        ConsoleSettings console = ConsoleSettings.of(arguments);
        ServerSettings settings = new ServerSettings(
                Location.store(arguments),
                bind,
                TlsSettings.of(arguments),
                arguments.flag("--allow-remote-bootstrap")
                        ? ServerSettings.RemoteBootstrap.ALLOWED
                        : ServerSettings.RemoteBootstrap.REFUSED,
                AuthenticationSettings.of(arguments),
                PreconfiguredTokens.of(arguments),
                RecoverySettings.of(arguments),
                ForwardAuthSettings.of(arguments),
                console,
                VerifySettings.of(arguments, bind, console),
                ExpirySettings.of(arguments),
                RotationSettings.of(arguments),
                WebhookSettings.of(arguments),
                format);
        Servers.Serving serving = authorities.serve(settings);
        InfluxDbOptions.announce(arguments);
        stopOnSignal(serving);
        HangupSignal.handle(serving::reload);
        String file = TerminalText.of(settings.location().toString());
        PrintWriter out = arguments.environment().out();
        out.print("Latchkey listens on " + serving.address() + "\n" + "and keeps its tokens in " + file + "\n");
        if (serving.isNew()) {
            out.printf(Locale.ROOT, """

                    There are no tokens yet. Next:
                      latchkey create token --admin --db %s
                      latchkey create token --permission service:web:read,write --name NAME --host %s --token OPERATOR_TOKEN
                      latchkey config nginx --latchkey %s
                    """, file, serving.address(), serving.address());
        }
        out.flush();
        return forEver();
    }

    /**
     * On a signal, finishes pending requests and exits with 0, since a requested stop is no failure.
     *
     * <p>The virtual machine would exit with 143 otherwise, and only {@code halt} can change that.
     */
    private static void stopOnSignal(Servers.Serving serving) {
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
