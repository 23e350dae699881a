import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs real commands and a real server on a throw-away database, to record the start-up caches (JEP 483). */
final class Training implements AutoCloseable {
    private static final List<String> HELP = List.of(
            "--help",
            "create token --help",
            "help show tokens",
            "serve --help",
            "version",
            "completion bash",
            "shwo",
            "");
    private static final List<String> COMMANDS = List.of(
            "create token --admin",
            "create token --admin --name one --expiry 90d --description x",
            "create token --admin --name two --format json",
            "show tokens",
            "show tokens >",
            "show tokens --format csv",
            "update token --token-name one --expiry 1y",
            "query",
            "__complete -- update token --token-name o",
            "delete token --token-name two --yes",
            "create token --nmae x",
            "shwo tokens",
            "show tokens --host SERVER --token OPERATOR",
            "create token --admin --name three --host SERVER --token OPERATOR --format token",
            "delete token --token-name three --yes --host SERVER --token OPERATOR",
            "show tokens --host SERVER --token wrong");

    private final Path image;
    private final Path folder;
    private String operator = "";
    private String address = "";

    Training(Path image) throws IOException {
        this.image = image;
        this.folder = Files.createTempDirectory("latchkey-training");
    }

    void run() throws Exception {
        Files.createDirectories(image.resolve("lib/cache"));
        operator = output(start(
                "command",
                "",
                List.of("io.latchkey.cli.Main", "create", "token", "--admin", "--format", "token"),
                "served"));
        Process server = serve("");
        List<String> commands = COMMANDS.stream()
                .map(line -> line.replace("SERVER", address).replace("OPERATOR", operator))
                .toList();
        learn("help", HELP);
        learn("command", commands);
        end(server);
        server = serve("server");
        ask();
        end(server);
    }

    @Override
    public void close() throws IOException {
        Image.delete(folder);
    }

    private void learn(String cache, List<String> lines) throws Exception {
        List<String> all = new ArrayList<>(List.of("io.latchkey.cli.AotTraining"));
        all.addAll(lines);
        output(start("command", cache, all, "own"));
    }

    private Process serve(String cache) throws IOException {
        Process server = start(
                "server", cache, List.of("io.latchkey.cli.Main", "serve", "--http-bind", "127.0.0.1:0"), "served");
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()));
        String line = String.valueOf(out.readLine());
        address = line.substring(line.lastIndexOf(' ') + 1);
        if (!address.startsWith("http://")) {
            server.destroy();
            throw new IOException(
                    "serve printed no address, but: " + line + "\n" + Files.readString(folder.resolve("errors")));
        }
        return server;
    }

    /** Sends the requests of reverse proxies, of monitoring and of administrators. */
    private void ask() throws IOException {
        for (int i = 0; i < 500; i++) {
            get("GET", "/api/v1/verify", operator);
            get("GET", "/api/v1/verify", "wrong");
        }
        get("GET", "/readyz", "");
        get("GET", "/health", operator);
        get("GET", "/metrics", operator);
        get("GET", "/api/v1/tokens", operator);
        get("GET", "/api/v1/whoami", operator);
        get("GET", "/nothing", "");
        get("POST", "/api/v3/configure/token/admin", operator);
        get("DELETE", "/api/v3/configure/token?token_name=nobody", operator);
        get("GET", "/api/v3/query_sql?db=_internal&q=SELECT+*+FROM+system.tokens&format=json", operator);
    }

    private void get(String method, String path, String token) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setReadTimeout(60_000);
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (body != null) {
                body.readAllBytes();
            }
        }
    }

    /** Starts Latchkey as the launcher does, and records a cache unless its name is empty. */
    private Process start(String kind, String cache, List<String> words, String home) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(image.resolve("runtime/bin/java").toString());
        command.add("@" + image.resolve("lib/options/" + kind));
        command.add("-Xlog:all=off");
        command.add("-Xlog:all=error:stderr");
        if (!cache.isEmpty()) {
            command.add("-XX:AOTCacheOutput=" + image.resolve("lib/cache/" + cache + ".aot"));
        }
        command.add("-Djava.library.path=" + image.resolve("lib/native"));
        command.add("-Dorg.sqlite.lib.path=" + image.resolve("lib/native"));
        command.add("-cp");
        command.add(classPath(kind));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("LATCHKEY") || name.startsWith("INFLUX"));
        environment.keySet().removeAll(Image.FOREIGN_OPTIONS);
        environment.put(
                "LATCHKEY_DB", folder.resolve(home).resolve("latchkey.db").toString());
        environment.put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private String classPath(String kind) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String place : kind.equals("server") ? List.of("", "command", "server") : List.of("", "command")) {
            Image.list(image.resolve("lib").resolve(place)).stream()
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(jars::add);
        }
        return String.join(":", jars);
    }

    private String output(Process process) throws Exception {
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        finished(process);
        return text;
    }

    private void end(Process server) throws Exception {
        server.destroy();
        finished(server);
    }

    private void finished(Process process) throws Exception {
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String errors = Files.readString(folder.resolve("errors"));
        // Makes a class that the image lacks fail the build.
        if (!ended
                || process.exitValue() != 0
                || errors.contains("NoClassDefFoundError")
                || errors.contains(" ERROR ")) {
            throw new IllegalStateException("the training failed: " + errors);
        }
    }
}
