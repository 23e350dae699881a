package io.latchkey.cli;

import io.latchkey.application.recipe.Recipe;
import io.latchkey.cli.apply.Apply;
import io.latchkey.cli.backup.Backup;
import io.latchkey.cli.backup.ExportTokens;
import io.latchkey.cli.backup.ImportTokens;
import io.latchkey.cli.backup.MoveDatabase;
import io.latchkey.cli.backup.Restore;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.config.PrintConfig;
import io.latchkey.cli.doctor.Doctor;
import io.latchkey.cli.help.Completion;
import io.latchkey.cli.help.CompletionNames;
import io.latchkey.cli.help.Help;
import io.latchkey.cli.help.Version;
import io.latchkey.cli.ledger.AcceptLedger;
import io.latchkey.cli.ledger.ShowLedger;
import io.latchkey.cli.ledger.ShowNodes;
import io.latchkey.cli.ledger.VerifyLedger;
import io.latchkey.cli.scan.Scan;
import io.latchkey.cli.serve.ConsoleSignIn;
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
import io.latchkey.cli.token.Why;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** {@code latchkey} without a command: prints an overview. */
record RootCommand(Servers authorities) implements Command {
    private static final String ABOUT =
            "Latchkey issues, lists, edits, rotates and revokes tokens, on a file or over HTTP.";
    private static final String TEXT = ABOUT + """


            Usage: latchkey <COMMAND> [OPTIONS]

            Tokens:
              create token --admin  Create the operator token, or with --name a named admin token
              create token --permission PERMISSION
                                    Create a resource token, which may do only that
              show tokens           List all tokens
              show token NAME       Show everything about one token
              update token          Rename, describe, extend or shorten a named token
              rotate token          Replace a token's secret, with a grace period for the old one
              disable token         Suspend a named token until it is enabled again
              delete token          Delete a named token
              purge tokens          Delete the named tokens that expired long ago
              why                   Explain why a token is accepted for something, or is not
              check tokens          Check whether any token expires soon
              query                 Query tokens in SQL
              show ledger           List all changes of tokens: what, when and by whom
              verify ledger         Check the ledger for tampering
              accept ledger         Accept a PostgreSQL database that has lost its newest changes
              scan FILE...          Find leaked tokens in files, and whether they are live

            Backup and transfer:
              apply                 Create, change and delete tokens as a YAML file declares
              backup                Copy the database while it is in use
              restore               Replace the database by a backup
              export tokens         Write all tokens to a file, without their secrets
              import tokens         Import tokens from a file

            Server:
              serve                 Serve the token authority over HTTP
              console               Print a link that signs in to the web console of a server
              show nodes            List the servers on one PostgreSQL database
              config PROGRAM        Print a configuration for nginx, Caddy, HAProxy and others

            Other:
              completion SHELL      Print a script that completes commands in bash, zsh or fish
              doctor                Check for common problems, with advice
              version               Show the version and what it runs on (-V for the version alone)
              help COMMAND          Show what a command does and its options, as COMMAND --help does

            Start with: latchkey create token --admin
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
                                        new Group("tokens|token|ledger|nodes"),
                                        "show",
                                        "Show tokens, one token, the ledger, or the servers of a database."),
                                new ShowTokens(authorities).spec(),
                                new ShowToken(authorities).spec(),
                                new ShowLedger(authorities).spec(),
                                new ShowNodes(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "check", "Check tokens."),
                                new CheckTokens(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "update", "Change a token."),
                                new UpdateToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "rotate", "Replace a token's secret."),
                                new RotateToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "disable", "Disable a token."),
                                new DisableToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "enable", "Enable a token."),
                                new EnableToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("token"), "delete", "Delete a token."),
                                new DeleteToken(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("ledger"), "verify", "Check the ledger for tampering."),
                                new VerifyLedger(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(
                                        new Group("ledger"), "accept", "Accept a ledger that has lost entries."),
                                new AcceptLedger(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "export", "Write tokens to a file."),
                                new ExportTokens(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "import", "Import tokens from a file."),
                                new ImportTokens(authorities).spec()),
                        new Apply(authorities).spec(),
                        new Backup(authorities).spec(),
                        new Restore(authorities).spec(),
                        CommandSpecs.group(
                                CommandSpecs.command(
                                        new Group("database"), "move", "Move the database to PostgreSQL or back."),
                                new MoveDatabase(authorities).spec()),
                        CommandSpecs.group(
                                CommandSpecs.command(new Group("tokens"), "purge", "Delete expired tokens."),
                                new PurgeTokens(authorities).spec()),
                        new Why(authorities).spec(),
                        new Query(authorities).spec(),
                        new Scan(authorities).spec(),
                        new Serve(authorities).spec(),
                        new ConsoleSignIn(authorities).spec(),
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
        Recipe[] recipes = Recipe.values();
        String programs = Stream.of(recipes).map(Recipe::program).collect(Collectors.joining("|"));
        return CommandSpecs.group(
                CommandSpecs.command(new Group(programs), "config", "Print a configuration for another program."),
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

    /** A command that only has subcommands. */
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
