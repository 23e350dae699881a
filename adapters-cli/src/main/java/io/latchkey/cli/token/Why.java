package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.token.Explanation.Question;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.Network;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code why}: explains whether a token is accepted for something, and what is missing if it is not. */
public record Why(Authorities authorities) implements Command {
    private static final String NAME = "--token-name";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "why",
                        "Explain whether a token is accepted: by its state, for an address, a request and for permissions. Exits with"
                                + " 3 if it is not. Without --token-name, the token of --token is explained.")
                .addOption(CommandSpecs.value("<NAME>", "Name of the token to explain", NAME))
                .addOption(CommandSpecs.values(
                        "<PERMISSION>",
                        "Permission that is needed: TYPE:NAME:ACTION, such as grafana:prod:read; may be repeated, then"
                                + " all are needed",
                        AttributeOptions.PERMISSION))
                .addOption(CommandSpecs.value("<IP>", "Address that the token is used from", AttributeOptions.FROM))
                .addOption(CommandSpecs.value(
                        "<REQUEST>",
                        "Request that the token is used for behind a proxy: a method, a space, host and path",
                        "--request"))
                .addOption(CommandSpecs.value(
                        "<TIME>",
                        "When it is used: such as 2030-01-31 (0:00 UTC), 2030-01-31T12:00:00Z, or 2h from now; default:"
                                + " now",
                        "--at"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec, "tokens:NAME:read, and none for itself");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey why --token-name ci --permission grafana:prod:write",
                "  latchkey why --token-name ci --permission tokens:ci-1:rotate --from 192.0.2.7 --at 2030-01-31",
                "  latchkey why --token-name tv --request \"GET tv.example.org/d/1\"",
                "  latchkey why --token @ci.token --permission grafana:prod:read --host http://127.0.0.1:8181");
    }

    @Override
    public String failure() {
        return "Why command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Optional<TokenName> name = arguments.parse(NAME, TokenName::new);
        Question question = question(arguments);
        Location location = Location.of(arguments).existing();
        Optional<Credential> credential = Credential.of(arguments);
        Explanation explanation = name.map(asked -> named(location, credential, asked, question))
                .or(() -> credential.map(presented -> presented(location, presented, question)))
                .orElseThrow(
                        () -> arguments.refused("give the token with --token-name <NAME>, or its secret with --token"));
        format.print(arguments.environment(), explanation::text, explanation::json);
        return explanation.isAccepted() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private Question question(Arguments arguments) {
        Instant now = authorities.clock().instant();
        return new Question(
                arguments.parse("--at", text -> HumanMoment.parse(text, now)).orElse(now),
                arguments.parse(AttributeOptions.FROM, Why::address),
                arguments.parse("--request", Why::request),
                arguments.values(AttributeOptions.PERMISSION).stream()
                        .map(text -> arguments.parse(
                                new Arguments.Given(text, AttributeOptions.PERMISSION), RequiredPermission::parse))
                        .toList());
    }

    private static Network address(String text) {
        return Network.parse(text)
                .filter(_ -> text.indexOf('/') < 0)
                .orElseThrow(() ->
                        new TokenFailure.Invalid("from", "expected an address, such as 192.0.2.7 or 2001:db8::1"));
    }

    private static RequestRoute request(String text) {
        return RequestRoute.parse(text)
                .orElseThrow(
                        () -> new TokenFailure.Invalid(
                                "request",
                                "expected METHOD HOST/PATH, such as GET grafana.example.org/api/users, without dot segments, //, ;,"
                                        + " a backslash, or one of / \\ % ; ? # encoded: no token with routes is accepted for those"));
    }

    private Explanation named(Location location, Optional<Credential> credential, TokenName name, Question question) {
        try {
            Token token = authorities.ask(
                    location, credential, access -> access.tokens().find(name));
            return Explanation.of(token, Optional.empty(), question);
        } catch (TokenFailure.NotFound _) {
            return Explanation.unknown(Explanation.heading(name), "no token has this name");
        }
    }

    /** The owner of the file sees why a secret is refused; a server tells the holder nothing but that it is. */
    private Explanation presented(Location location, Credential presented, Question question) {
        TokenDigest digest = presented.secret().digest();
        return switch (location) {
            case Location.Store _ ->
                authorities
                        .ask(location, Optional.empty(), access -> withSecret(access, digest))
                        .map(token -> Explanation.of(token, Optional.of(digest), question))
                        .orElseGet(() -> Explanation.unknown(from(presented), "no token has this secret"));
            case Location.Remote _ -> remote(location, presented, question);
        };
    }

    private Explanation remote(Location location, Credential presented, Question question) {
        try {
            Token own = authorities.ask(
                    location, Optional.of(presented), access -> access.tokens().own());
            return Explanation.of(
                    own,
                    Optional.of(presented.secret().digest())
                            .filter(_ -> !own.digest().isHidden()),
                    question);
        } catch (TokenFailure.Unauthenticated _) {
            return Explanation.unknown(
                    from(presented),
                    "the server does not accept it now from here, and says why only to others: use --token-name, with a"
                            + " token that may read it");
        }
    }

    private static String from(Credential presented) {
        return "The token from " + TerminalText.of(presented.source());
    }

    private static Optional<Token> withSecret(ActorAccess access, TokenDigest digest) {
        return access.tokens().list().stream()
                .filter(token -> token.secrets().digests().anyMatch(digest::equals))
                .findFirst();
    }
}
