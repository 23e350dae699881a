package io.latchkey.http;

import io.latchkey.application.ChangeRefused;
import io.latchkey.application.DeclaredToken;
import io.latchkey.application.IssuedToken;
import io.latchkey.application.LedgerPage;
import io.latchkey.application.LedgerQuery;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.RotatedToken;
import io.latchkey.application.Run;
import io.latchkey.application.StoreCopy;
import io.latchkey.application.SystemQuery;
import io.latchkey.application.TableFormat;
import io.latchkey.application.TableText;
import io.latchkey.application.Takeover;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenPage;
import io.latchkey.application.TokenPlan;
import io.latchkey.application.TokenPlan.Others;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.TokenSummary;
import io.latchkey.application.TokenUse;
import io.latchkey.domain.Description;
import io.latchkey.domain.Grace;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.RotationKey;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Administration of an authority elsewhere: over InfluxDB's endpoints where they can say it, so that it works with a real
 * InfluxDB 3, and over Latchkey's own otherwise.
 */
record HttpAdministration(Exchange exchange) implements TokenAdministration {
    private static final String STRANGER = "but not as a token authority does";

    @Override
    public IssuedToken createOperator() {
        return read(exchange.send("POST", Paths.CREATE_OPERATOR), TokenName.OPERATOR, TokenJson::readIssued);
    }

    @Override
    public IssuedToken createNamed(TokenName name, Lifetime lifetime, Description description) {
        if (name.equals(TokenName.OPERATOR)) {
            // InfluxDB 3 would make a second kind of operator of it.
            throw new TokenFailure.Invalid("name", "token name must not begin with '_', which is reserved");
        }
        var asked = new CreateToken(name, lifetime, description);
        Answer answer = switch (lifetime) {
            case Lifetime.Unlimited()
            when description.isEmpty() ->
                exchange.send("POST", Paths.CREATE_NAMED, Precondition.NONE, asked.writeInflux());
            case Lifetime.Span _
            when description.isEmpty() ->
                exchange.send("POST", Paths.CREATE_NAMED, Precondition.NONE, asked.writeInflux());
            case Lifetime.Unlimited(), Lifetime.Span _, Lifetime.Until _ ->
                exchange.send("POST", Paths.OWN_TOKENS, Precondition.NONE, asked.writeOwn());
        };
        return read(answer, name, TokenJson::readIssued);
    }

    @Override
    public IssuedToken regenerateOperator() {
        return read(exchange.send("POST", Paths.REGENERATE_OPERATOR), TokenName.OPERATOR, TokenJson::readIssued);
    }

    @Override
    public TokenPage page(TokenQuery query) {
        return page(query, askedFor(query));
    }

    private RemoteAnswer askedFor(TokenQuery query) {
        String path = Paths.OWN_TOKENS + "?" + TokenParameters.write(query);
        return new RemoteAnswer(exchange.send("GET", path), TokenName.OPERATOR, TokenName.OPERATOR);
    }

    private TokenPage page(TokenQuery query, RemoteAnswer answer) {
        TokenPage page = read(answer, body -> TokenPageJson.read(body, query));
        if (query.isSelective() && !TokenPageJson.isPage(answer.answer().body())) {
            throw exchange.unexpected(
                    answer.answer(),
                    "but with all tokens: it is older than this command, and cannot tell some from others");
        }
        return page;
    }

    @Override
    public List<TokenSummary> summaries() {
        RemoteAnswer answer = askedFor(TokenQuery.ALL);
        if (!answer.isSuccess() && answer.failure().isEmpty()) {
            // An InfluxDB 3 has no such endpoint, and a Latchkey without authentication has closed it.
            return influxTokens();
        }
        List<TokenSummary> all = new ArrayList<>();
        TokenPage page = page(TokenQuery.ALL, answer);
        page.tokens().forEach(listed -> all.add(TokenSummary.of(listed)));
        page.next()
                .ifPresent(next -> all(TokenQuery.ALL.after(next)).forEach(listed -> all.add(TokenSummary.of(listed))));
        return all;
    }

    @Override
    public Token find(TokenName name) {
        return read(exchange.send("GET", Paths.of(name)), name, TokenJson::readToken);
    }

    @Override
    public List<TokenUse> uses(TokenName name) {
        return read(exchange.send("GET", Paths.of(name)), name, body -> TokenUseJson.read(Json.parse(body)));
    }

    @Override
    public Token edit(TokenName name, TokenEdit edit, Precondition precondition) {
        Answer answer = exchange.send("PATCH", Paths.of(name), precondition, EditToken.write(edit));
        return read(new RemoteAnswer(answer, name, edit.name().orElse(name)), TokenJson::readToken);
    }

    @Override
    public void revoke(TokenName name, Precondition precondition) {
        Answer answer = precondition.oneOf().isEmpty()
                ? exchange.send("DELETE", Paths.INFLUX_TOKEN + "?token_name=" + PercentEncoding.encode(name.value()))
                : exchange.send("DELETE", Paths.of(name), precondition);
        read(answer, name, body -> body);
    }

    @Override
    public RotatedToken rotate(TokenName name, Grace grace, Optional<RotationKey> key, Precondition precondition) {
        Exchange keyed = key.map(some -> exchange.with(RotateToken.KEY, RotateToken.write(some)))
                .orElse(exchange);
        String path = Paths.of(name, TokenAct.ROTATE);
        return read(keyed.send("POST", path, precondition, RotateToken.write(grace)), name, TokenJson::readRotated);
    }

    @Override
    public Token finishRotation(TokenName name, Precondition precondition) {
        return act(name, TokenAct.FINISH_ROTATION, precondition);
    }

    @Override
    public Token undoRotation(TokenName name, Precondition precondition) {
        return act(name, TokenAct.UNDO_ROTATION, precondition);
    }

    @Override
    public Token disable(TokenName name, Reason reason, Precondition precondition) {
        String path = Paths.of(name, TokenAct.DISABLE);
        return read(exchange.send("POST", path, precondition, DisableToken.write(reason)), name, TokenJson::readToken);
    }

    @Override
    public Token enable(TokenName name, Precondition precondition) {
        return act(name, TokenAct.ENABLE, precondition);
    }

    private Token act(TokenName name, TokenAct act, Precondition precondition) {
        return read(exchange.send("POST", Paths.of(name, act), precondition), name, TokenJson::readToken);
    }

    @Override
    public PurgedTokens purge(Duration expiredFor) {
        byte[] body = PurgeTokens.write(expiredFor);
        return read(
                exchange.send("POST", Paths.PURGE, Precondition.NONE, body), TokenName.OPERATOR, TokenJson::readPurged);
    }

    /** With the secret itself as the credential, as everybody may; nobody learns whether it was that of a token. */
    @Override
    public void burn(TokenSecret secret) {
        read(exchange.as(secret).send("POST", Paths.BURN), TokenName.OPERATOR, body -> body);
    }

    @Override
    public TableText query(SystemQuery query, TableFormat format) {
        return RemoteTable.ask(exchange, query, format);
    }

    /** All tokens as an InfluxDB 3 gives them. */
    private List<TokenSummary> influxTokens() {
        try (TableText table = query(SystemQuery.ALL_TOKENS, TableFormat.JSON)) {
            return SystemTokensJson.read(table.whole());
        } catch (BadJson e) {
            throw exchange.unexpected(new Answer(200, Map.of(), new byte[0]), STRANGER);
        }
    }

    @Override
    public TokenPlan apply(List<DeclaredToken> wanted, Others others, Run run) {
        return sendAll(
                Paths.APPLY,
                new ApplyTokens(wanted, others, run).write(),
                wanted.stream().map(DeclaredToken::name).toList(),
                ApplyTokens::readPlan);
    }

    @Override
    public Takeover adopt(List<Token> tokens, Run run) {
        return sendAll(
                Paths.IMPORT,
                new ImportTokens(tokens, run).write(),
                tokens.stream().map(Token::name).toList(),
                ImportTokens::readTakeover);
    }

    private <T> T sendAll(String path, byte[] json, List<TokenName> names, Function<byte[], T> reader) {
        Answer answer = exchange.send("POST", path, Precondition.NONE, json);
        OptionalInt place = new RemoteAnswer(answer, TokenName.OPERATOR, TokenName.OPERATOR).place();
        if (place.isPresent() && place.getAsInt() < names.size()) {
            TokenName refused = names.get(place.getAsInt());
            Optional<TokenFailure> failure = new RemoteAnswer(answer, refused, refused).failure();
            if (failure.isPresent()) {
                throw new ChangeRefused(place.getAsInt(), failure.get());
            }
        }
        return read(answer, TokenName.OPERATOR, reader);
    }

    @Override
    public LedgerPage ledger(LedgerQuery query) {
        return read(
                exchange.send("GET", Paths.LEDGER + "?" + LedgerParameters.write(query)),
                TokenName.OPERATOR,
                LedgerJson::readPage);
    }

    @Override
    public StoreCopy backUp() {
        return exchange.download(Paths.BACKUP, SharedNames.BACKUP, this::noBackup);
    }

    @Override
    public void checkMayBackUp() {
        Answer answer = exchange.send("HEAD", Paths.BACKUP);
        if (answer.status() != 200 || !answer.header("Content-Type").equals(Optional.of(SharedNames.BACKUP))) {
            throw noBackup(answer);
        }
    }

    private RuntimeException noBackup(Answer answer) {
        RemoteAnswer refusal = new RemoteAnswer(answer, TokenName.OPERATOR, TokenName.OPERATOR);
        return refusal.isSuccess() ? exchange.unexpected(answer, STRANGER) : refusal(refusal);
    }

    private <T> T read(Answer answer, TokenName name, Function<byte[], T> reader) {
        return read(new RemoteAnswer(answer, name, name), reader);
    }

    private <T> T read(RemoteAnswer answer, Function<byte[], T> reader) {
        if (answer.isSuccess()) {
            try {
                return reader.apply(answer.answer().body());
            } catch (BadJson | TokenFailure e) {
                throw exchange.unexpected(answer.answer(), STRANGER);
            }
        }
        throw refusal(answer);
    }

    private RuntimeException refusal(RemoteAnswer answer) {
        return answer.quotedFailure()
                .<RuntimeException>map(failure -> failure)
                .orElseGet(() -> exchange.unexpected(answer));
    }
}
