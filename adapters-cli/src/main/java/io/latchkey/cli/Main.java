package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.remote.ServerAnswer;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.UsageError;
import io.latchkey.cli.serve.Logging;
import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.terminal.CheckedOutput;
import io.latchkey.cli.terminal.CommandLineEncoding;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.Variable;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command and exits with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Commands do not log; a server turns logging on.
        System.setProperty(Logging.PROVIDER, "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        // Our code does not use the locale, but libraries may, and programs read the output.
        Locale.setDefault(Locale.ROOT);
        CheckedOutput out = new CheckedOutput();
        Environment environment = Environment.ofProcess(out);
        int code = CommandLineEncoding.areDamaged(args)
                ? runAgain(environment, args)
                : run(environment, new Assembly(), args);
        environment.out().flush();
        if (out.failure().isPresent()) {
            code = ExitCode.FAILED;
            IOException failure = out.failure().get();
            if (!CheckedOutput.isReaderGone(failure)) {
                environment.err().print("cannot write standard output: " + failure.getMessage() + "\n");
            }
        }
        environment.err().flush();
        // Not exit, which loads the logging framework to log the call; no shutdown hook is needed here.
        Runtime.getRuntime().halt(code);
    }

    /** Runs the command line again that Java could not decode. */
    private static int runAgain(Environment environment, String[] damaged) {
        Optional<String[]> typed = CommandLineEncoding.again(damaged);
        return typed.isPresent()
                ? run(environment, new Assembly(), typed.get())
                : failed(environment, "error: the arguments are not UTF-8\n", ExitCode.USAGE_ERROR);
    }

    /** Runs a command line. Secrets are written to standard output only. */
    public static int run(Environment environment, Servers authorities, String... args) {
        CommandLine line = new CommandLine(new RootCommand(authorities).spec())
                .setExpandAtFiles(false) // --token @FILE has its own meaning
                .setInterpolateVariables(false);
        try {
            ParseResult parsed = line.parseArgs(args);
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            if (parsed.isUsageHelpRequested()) {
                parsed.commandSpec().commandLine().usage(environment.out(), CommandLine.Help.Ansi.OFF);
                return ExitCode.OK;
            }
            return run((Command) parsed.commandSpec().userObject(), new Arguments(parsed, environment));
        } catch (ParameterException e) {
            return failed(environment, new UsageError(e, List.of(args)).text(), ExitCode.USAGE_ERROR);
        } catch (RuntimeException | Error e) {
            return failed(environment, bug(environment, e), ExitCode.FAILED);
        } finally {
            environment.out().flush();
            environment.err().flush();
        }
    }

    private static int run(Command command, Arguments arguments) {
        Environment environment = arguments.environment();
        try {
            return command.run(arguments);
        } catch (TokenFailure.Unauthenticated e) {
            return failed(
                    environment,
                    command.failure() + TerminalText.of(message(e)) + "\n" + hint(arguments),
                    ExitCode.FAILED);
        } catch (TokenFailure e) {
            return failed(environment, command.failure() + TerminalText.of(message(e)) + "\n", ExitCode.FAILED);
        } catch (AuthorityUnavailable e) {
            String trace = environment.variable(Variable.DEBUG).isPresent() ? trace(e) : "";
            return failed(
                    environment,
                    command.failure() + TerminalText.of(String.valueOf(e.getMessage())) + "\n" + trace,
                    ExitCode.FAILED);
        }
    }

    /**
     * The message for a failure; a server's own message if there is one, because scripts for InfluxDB's command line
     * expect it.
     */
    private static String message(TokenFailure failure) {
        return failure.getCause() instanceof ServerAnswer answer
                ? String.valueOf(answer.getMessage())
                : failure.sentence();
    }

    private static int failed(Environment environment, String text, int code) {
        environment.out().flush();
        environment.err().print(TokenSecret.masked(text));
        return code;
    }

    /** Names the token that was not accepted, and possible reasons. */
    private static String hint(Arguments arguments) {
        return Credential.given(arguments)
                .map(given -> "hint: the token " + source(given)
                        + " is unknown there, or was replaced, disabled or revoked, or has expired, or is not valid yet"
                        + " or not from this address\n")
                .orElse("hint: give a token with --token, LATCHKEY_TOKEN or INFLUXDB3_AUTH_TOKEN\n");
    }

    private static String source(Arguments.Given given) {
        String from = given.source().equals("--token") ? "given with --token" : "in " + given.source();
        return given.text().startsWith("@")
                ? from + ", from " + TerminalText.of(given.text().substring(1)) + ","
                : from;
    }

    private static String bug(Environment environment, Throwable failure) {
        return environment.variable(Variable.DEBUG).isPresent()
                ? trace(failure)
                : "latchkey: internal error: " + TerminalText.of(failure.toString())
                        + " (set LATCHKEY_DEBUG=1 for the stack trace)\n";
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
