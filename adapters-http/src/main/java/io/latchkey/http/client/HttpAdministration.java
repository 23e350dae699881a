package io.latchkey.http.client;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.RotatedToken;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenPage;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.TokenSummary;
import io.latchkey.application.TokenUse;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.wire.ApplyTokens;
import io.latchkey.http.wire.CreateToken;
import io.latchkey.http.wire.DisableToken;
import io.latchkey.http.wire.EditToken;
import io.latchkey.http.wire.HeaderNames;
import io.latchkey.http.wire.ImportTokens;
import io.latchkey.http.wire.LedgerJson;
import io.latchkey.http.wire.LedgerParameters;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.PurgeTokens;
import io.latchkey.http.wire.RotateToken;
import io.latchkey.http.wire.TokenAction;
import io.latchkey.http.wire.TokenJson;
import io.latchkey.http.wire.TokenPageJson;
import io.latchkey.http.wire.TokenParameters;
import io.latchkey.http.wire.TokenUseJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Administration of an authority elsewhere: over InfluxDB's endpoints where they can say it, so that it works with a
 * real InfluxDB 3, and over Latchkey's own otherwise.
 */
record HttpAdministration(ApiClient exchange) implements TokenAdministration {
    private static final String STRANGER = "the response is not that of a token authority; check the address";

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
        RawResponse answer = switch (lifetime) {
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

    private RemoteProblem askedFor(TokenQuery query) {
        String path = Paths.OWN_TOKENS + "?" + TokenParameters.write(query);
        return new RemoteProblem(exchange.send("GET", path), TokenName.OPERATOR, TokenName.OPERATOR);
    }

    private TokenPage page(TokenQuery query, RemoteProblem answer) {
        TokenPage page = read(answer, body -> TokenPageJson.read(body, query));
        if (query.isSelective() && !TokenPageJson.isPage(answer.answer().body())) {
            throw exchange.unexpected(
                    answer.answer(),
                    "the response has all tokens, because the server is older than this command and cannot filter");
        }
        return page;
    }

    @Override
    public List<TokenSummary> summaries() {
        RemoteProblem answer = askedFor(TokenQuery.ALL);
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
        RawResponse answer = exchange.send("PATCH", Paths.of(name), precondition, EditToken.write(edit));
        return read(new RemoteProblem(answer, name, edit.name().orElse(name)), TokenJson::readToken);
    }

    @Override
    public void revoke(TokenName name, Precondition precondition) {
        RawResponse answer = precondition.oneOf().isEmpty()
                ? exchange.send("DELETE", Paths.INFLUX_TOKEN + "?token_name=" + PercentEncoding.encode(name.value()))
                : exchange.send("DELETE", Paths.of(name), precondition);
        read(answer, name, body -> body);
    }

    @Override
    public RotatedToken rotate(
            TokenName name, GracePeriod grace, Optional<IdempotencyKey> key, Precondition precondition) {
        ApiClient keyed = key.map(some -> exchange.with(RotateToken.KEY, RotateToken.write(some)))
                .orElse(exchange);
        String path = Paths.of(name, TokenAction.ROTATE);
        return read(keyed.send("POST", path, precondition, RotateToken.write(grace)), name, TokenJson::readRotated);
    }

    @Override
    public Token finishRotation(TokenName name, Precondition precondition) {
        return act(name, TokenAction.FINISH_ROTATION, precondition);
    }

    @Override
    public Token undoRotation(TokenName name, Precondition precondition) {
        return act(name, TokenAction.UNDO_ROTATION, precondition);
    }

    @Override
    public Token disable(TokenName name, Reason reason, Precondition precondition) {
        String path = Paths.of(name, TokenAction.DISABLE);
        return read(exchange.send("POST", path, precondition, DisableToken.write(reason)), name, TokenJson::readToken);
    }

    @Override
    public Token enable(TokenName name, Precondition precondition) {
        return act(name, TokenAction.ENABLE, precondition);
    }

    private Token act(TokenName name, TokenAction act, Precondition precondition) {
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
        return QueryResponse.ask(exchange, query, format);
    }

    /** All tokens as an InfluxDB 3 gives them. */
    private List<TokenSummary> influxTokens() {
        try (TableText table = query(SystemQuery.ALL_TOKENS, TableFormat.JSON)) {
            return SystemTokensJson.read(table.whole());
        } catch (JsonException e) {
            throw exchange.unexpected(new RawResponse(200, Map.of(), new byte[0]), STRANGER);
        }
    }

    @Override
    public TokenPlan apply(List<DeclaredToken> wanted, Prune others, DryRun run) {
        return sendAll(
                Paths.APPLY,
                new ApplyTokens(wanted, others, run).write(),
                wanted.stream().map(DeclaredToken::name).toList(),
                ApplyTokens::readPlan);
    }

    @Override
    public ImportResult adopt(List<Token> tokens, DryRun run) {
        return sendAll(
                Paths.IMPORT,
                new ImportTokens(tokens, run).write(),
                tokens.stream().map(Token::name).toList(),
                ImportTokens::readResult);
    }

    private <T> T sendAll(String path, byte[] json, List<TokenName> names, Function<byte[], T> reader) {
        RawResponse answer = exchange.send("POST", path, Precondition.NONE, json);
        OptionalInt place = new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR).place();
        if (place.isPresent() && place.getAsInt() < names.size()) {
            TokenName refused = names.get(place.getAsInt());
            Optional<TokenFailure> failure = new RemoteProblem(answer, refused, refused).failure();
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
    public StoreBackup backUp() {
        return exchange.download(Paths.BACKUP, HeaderNames.BACKUP, this::noBackup);
    }

    @Override
    public void checkMayBackUp() {
        RawResponse answer = exchange.send("HEAD", Paths.BACKUP);
        if (answer.status() != 200 || !answer.header("Content-Type").equals(Optional.of(HeaderNames.BACKUP))) {
            throw noBackup(answer);
        }
    }

    private RuntimeException noBackup(RawResponse answer) {
        RemoteProblem refusal = new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR);
        return refusal.isSuccess() ? exchange.unexpected(answer, STRANGER) : refusal(refusal);
    }

    private <T> T read(RawResponse answer, TokenName name, Function<byte[], T> reader) {
        return read(new RemoteProblem(answer, name, name), reader);
    }

    private <T> T read(RemoteProblem answer, Function<byte[], T> reader) {
        if (answer.isSuccess()) {
            try {
                return reader.apply(answer.answer().body());
            } catch (JsonException | TokenFailure e) {
                throw exchange.unexpected(answer.answer(), STRANGER);
            }
        }
        throw refusal(answer);
    }

    private RuntimeException refusal(RemoteProblem answer) {
        return answer.quotedFailure()
                .<RuntimeException>map(failure -> failure)
                .orElseGet(() -> exchange.unexpected(answer));
    }
}
