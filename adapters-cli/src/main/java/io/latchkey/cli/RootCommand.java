package io.latchkey.cli;

import io.latchkey.cli.apply.Apply;
import io.latchkey.cli.backup.Backup;
import io.latchkey.cli.backup.ExportTokens;
import io.latchkey.cli.backup.ImportTokens;
import io.latchkey.cli.backup.Restore;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.config.ConfigTemplate;
import io.latchkey.cli.config.PrintConfig;
import io.latchkey.cli.doctor.Doctor;
import io.latchkey.cli.help.Completion;
import io.latchkey.cli.help.CompletionNames;
import io.latchkey.cli.help.Help;
import io.latchkey.cli.help.Version;
import io.latchkey.cli.ledger.ShowLedger;
import io.latchkey.cli.ledger.VerifyLedger;
import io.latchkey.cli.scan.Scan;
import io.latchkey.cli.serve.Serve;
import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.token.CheckTokens;
import io.latchkey.cli.token.CreateToken;
import io.latchkey.cli.token.DeleteToken;
import io.latchkey.cli.token.DisableToken;
import io.latchkey.cli.token.EnableToken;
import io.latchkey.cli.token.PurgeTokens;
import io.latchkey.cli.token.Query;
import io.latchkey.cli.token.RotateToken;
import io.latchkey.cli.token.ShowToken;
import io.latchkey.cli.token.ShowTokens;
import io.latchkey.cli.token.UpdateToken;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** {@code latchkey} alone: what there is and where to begin. */
record RootCommand(Servers authorities) implements Command {
    private static final String ABOUT =
            "Latchkey issues, lists, edits, rotates and revokes admin tokens, on a file or over HTTP.";
    private static final String TEXT = ABOUT + """


            Usage: latchkey <COMMAND> [OPTIONS]

            Tokens:
              create token --admin  Create the operator token, or with --name a named admin token
              show tokens           List all tokens
              show token NAME       Show all that is known of one
              update token          Rename, describe, extend or shorten a named token
              rotate token          Give a token a new secret, and the old one time to be replaced
              disable token         Let a named token open nothing, until enable token
              delete token          Delete a named token
              purge tokens          Delete the named tokens that expired long ago
              check tokens          Find out whether any expire soon
              query                 Ask in SQL about tokens
              show ledger           List what was done to tokens, when and by whom
              verify ledger         Find out whether anybody tampered with that list
              scan FILE...          Find tokens in files, and say which of them are live

            Carry:
              apply                 Make the tokens those that a file in YAML wants
              backup                Copy the database while it is in use
              restore               Put a backup in the place of the database
              export tokens         Write all tokens to a file, without their secrets
              import tokens         Take over tokens from a file

            Server:
              serve                 Serve the token authority over HTTP
              config PROGRAM        Print how nginx, Caddy, HAProxy and others ask it about each request

            Other:
              completion SHELL      Print a script that completes commands in bash, zsh or fish
              doctor                Look at what goes wrong in real life, and say what to do
              version               Show the version and what it runs on (-V for the version alone)
              help COMMAND          Show what a command does and its options, as COMMAND --help does

            Begin with: latchkey create token --admin
            """;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.group(
                        CommandSpecs.command(this, "latchkey", ABOUT),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "create", "Create a token."),
                                new CreateToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(
                                        new Group("tokens|token|ledger"),
                                        "show",
                                        "Show tokens, one, or what was done to them."),
                                new ShowTokens(authorities).spec(),
                                new ShowToken(authorities).spec(),
                                new ShowLedger(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "check", "Look for what needs attention."),
                                new CheckTokens(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "update", "Change a token."),
                                new UpdateToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "rotate", "Replace a token's secret."),
                                new RotateToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "disable", "Let a token rest."),
                                new DisableToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "enable", "Wake a token."),
                                new EnableToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "delete", "End a token."),
                                new DeleteToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(
                                        new Group("ledger"), "verify", "Find out whether records were tampered with."),
                                new VerifyLedger(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "export", "Write tokens to a file."),
                                new ExportTokens(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "import", "Take over tokens from a file."),
                                new ImportTokens(authorities).spec()),
                        new Apply(authorities).spec(),
                        new Backup(authorities).spec(),
                        new Restore(authorities).spec(),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "purge", "End tokens that expired."),
                                new PurgeTokens(authorities).spec()),
                        new Query(authorities).spec(),
                        new Scan(authorities).spec(),
                        new Serve(authorities).spec(),
                        recipes(),
                        new Completion().spec(),
                        new Help().spec(),
                        new CompletionNames(authorities).spec(),
                        new Doctor(authorities).spec(),
                        new Version(authorities).spec())
                .addOption(OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .description("Show the version")
                        .build());
        spec.usageMessage()
                .sectionKeys(List.of(UsageMessageSpec.SECTION_KEY_FOOTER))
                .footer(TEXT.stripTrailing());
        return spec;
    }

    private static CommandSpec recipes() {
        ConfigTemplate[] recipes = ConfigTemplate.values();
        String programs = Stream.of(recipes).map(ConfigTemplate::program).collect(Collectors.joining("|"));
        return CommandSpecs.group(
                CommandSpecs.command(
                        new Group(programs),
                        "config",
                        "Print the configuration with which another program asks Latchkey."),
                Stream.of(recipes).map(recipe -> new PrintConfig(recipe).spec()).toArray(CommandSpec[]::new));
    }

    @Override
    public int run(Arguments arguments) {
        if (arguments.has("--version")) {
            arguments.environment().out().print("latchkey " + Version.number() + "\n");
            return ExitCode.OK;
        }
        arguments.environment().out().print(TEXT);
        return ExitCode.OK;
    }

    @Override
    public String failure() {
        return "";
    }

    /** A word that only leads to others. */
    private record Group(String member) implements Command {
        @Override
        public CommandSpec spec() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int run(Arguments arguments) {
            String name = arguments.parsed().commandSpec().qualifiedName();
            throw arguments.refused("'" + name + "' is not complete. Use: " + name + " " + member);
        }

        @Override
        public String failure() {
            return "";
        }
    }
}
