package io.latchkey.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import io.latchkey.application.NewToken;
import io.latchkey.application.StoreLocation;
import io.latchkey.cli.authority.Location;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A service, a program that guards it, and the Latchkey that the program asks, with the wire between them. */
final class ProxyTestBed implements AutoCloseable {

    final Path folder;
    final int port;
    final GuardedBackend backend = new GuardedBackend();
    final Relay relay = new Relay();

    private final Wire wire;
    private final ChildProcess commands;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String operator;
    private ChildProcess.Server latchkey;
    private DebianProgram program;
    private UnaryOperator<String> edit = UnaryOperator.identity();

    /** How a program is started with what Latchkey prints for it. */
    interface Starting {
        DebianProgram start(ProxyTestBed stage) throws Exception;
    }

    /** How the program asks Latchkey. */
    enum Wire {
        /** Over the relay, which shows what it asks. */
        TCP,
        /** Over a Unix-domain socket. */
        SOCKET
    }

    ProxyTestBed(Path folder, Starting starting) throws Exception {
        this(folder, starting, Wire.TCP);
    }

    ProxyTestBed(Path folder, Starting starting, Wire wire) throws Exception {
        this.folder = folder;
        this.wire = wire;
        // Some programs give up their rights before they read on.
        Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve("home"));
        port = Loopback.freePort();
        commands = new ChildProcess(home);
        operator = commands.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        latchkey = serve();
        program = starting.start(this);
    }

    private ChildProcess.Server serve() throws IOException {
        String[] options = {"--public-url", latchkeyUrl(), "--trusted-proxy", "127.0.0.1"};
        var server = commands.serve(
                switch (wire) {
                    case TCP -> options;
                    case SOCKET -> GuardingRecipe.with(options, "--verify-bind", socket());
                });
        relay.leadTo(server.address().getPort());
        return server;
    }

    /** What {@code latchkey config} prints for a program, into a file. */
    void print(String recipe, Path file, String... options) throws Exception {
        String[] command = new String[options.length + 2];
        command[0] = "config";
        command[1] = recipe;
        System.arraycopy(options, 0, command, 2, options.length);
        ChildProcess.Result printed = commands.run(command);
        assertThat(printed.err()).isEmpty();
        Files.writeString(file, edit.apply(printed.out()));
    }

    /** The same for the program that guards the service, with further options. */
    void printGuard(String recipe, Path file, String... options) throws Exception {
        String[] addresses = {
            "--listen",
            listen(),
            "--upstream",
            "http://127.0.0.1:" + backend.port(),
            "--latchkey",
            switch (wire) {
                case TCP -> latchkeyUrl();
                case SOCKET -> socket();
            }
        };
        print(recipe, file, GuardingRecipe.with(addresses, options));
    }

    /** How an administrator changes what is printed from now on. */
    void edit(UnaryOperator<String> edit) {
        this.edit = edit;
    }

    String listen() {
        return "127.0.0.1:" + port;
    }

    private String socket() {
        return "unix:" + folder.resolve("verify");
    }

    String latchkeyUrl() {
        return "http://127.0.0.1:" + relay.port();
    }

    String operator() {
        return operator;
    }

    /** A new token. */
    String token(String name) throws Exception {
        return create("{\"token_name\":\"" + name + "\"}");
    }

    /** A new token with permissions and none beyond, as soon as the server knows it. */
    String resource(String name, String... permissions) {
        String secret = new Assembly()
                .ask(
                        new Location.Store(new StoreLocation.File(commands.file())),
                        Optional.empty(),
                        access -> access.tokens()
                                .create(new NewToken(
                                        new TokenName(name),
                                        Lifetime.UNLIMITED,
                                        Description.NONE,
                                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions))))))
                .secret()
                .reveal();
        Eventually.until(() -> status("GET", "/api/v1/verify", secret, "") == 204);
        return secret;
    }

    /** A new token with a permission and a route, as soon as the server knows it. */
    String routed(String name, String permission, String route) throws Exception {
        ChildProcess.Result created = commands.run(
                "create", "token", "--permission", permission, "--route", route, "--name", name, "--format", "token");
        assertThat(created.out()).as(created.err()).startsWith("apiv3_");
        Eventually.until(() -> status("GET", "/api/v1/tokens/" + name, operator, "") == 200);
        return created.out().strip();
    }

    /** A new token that would end, though not soon: until when it lives is what caches go by. */
    String ending(String name) throws Exception {
        return create("{\"token_name\":\"" + name + "\",\"expiry_secs\":3600}");
    }

    /** A new token that has ended. */
    String expired(String name) throws Exception {
        String secret = create("{\"token_name\":\"" + name + "\",\"expiry_secs\":1}");
        Eventually.until(() -> status("GET", "/api/v1/verify", secret, "") == 401);
        return secret;
    }

    void revoke(String name) {
        assertThat(status("DELETE", "/api/v1/tokens/" + name, operator, "")).isEqualTo(204);
    }

    /** Latchkey ends, as with a power cut. */
    void stopLatchkey() {
        latchkey.close();
    }

    void startLatchkey() throws IOException {
        latchkey = serve();
    }

    /** From where a token was used last, as Latchkey tells it; empty if it does not know. */
    String lastUsedFrom(String name) throws IOException {
        String token = send("GET", "/api/v1/tokens/" + name, operator, "").body();
        return token.replaceAll("(?s).*?\"last_used_from\":(?:\"([^\"]*)\"|null).*", "$1");
    }

    private String create(String body) throws Exception {
        return HttpProbe.secret(send("POST", "/api/v3/configure/token/named_admin", operator, body));
    }

    private int status(String method, String path, String secret, String body) {
        try {
            return send(method, path, secret, body).statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String secret, String body) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(latchkey.address() + path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + secret)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        program.close();
        latchkey.close();
        relay.close();
        backend.close();
        client.close();
    }
}
