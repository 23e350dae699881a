package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** InfluxDB's own MCP server as language models use it: JSON-RPC over its standard input and output. */
final class McpServer implements AutoCloseable {
    private static final Pattern TEXT = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private int calls;

    /** A server for InfluxDB 3 Core. */
    McpServer(Path packages, URI server, String secret) throws IOException {
        this(packages, server, secret, "core");
    }

    /** A server for a product of InfluxDB, {@code core} or {@code enterprise}. */
    McpServer(Path packages, URI server, String secret, String product) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("node", "node_modules/@influxdata/influxdb3-mcp-server/build/index.js");
        builder.directory(packages.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("INFLUX"));
        builder.environment().put("INFLUX_DB_PRODUCT_TYPE", product);
        builder.environment().put("INFLUX_DB_INSTANCE_URL", server.toString());
        builder.environment().put("INFLUX_DB_TOKEN", secret);
        process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        // Nobody waits for an answer for ever.
        CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(process::destroyForcibly);
        in = process.outputWriter(UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        request("initialize", """
                {"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a test","version":"1"}}""");
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    /** What a tool answers, as text; failures begin with {@code Error}. */
    String call(String tool, String arguments) throws IOException {
        String answer = request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
        Matcher text = TEXT.matcher(answer);
        if (!text.find()) {
            throw new AssertionError("no text in " + answer);
        }
        return text.group(1).replace("\\n", "\n").replace("\\\"", "\"");
    }

    private String request(String method, String params) throws IOException {
        int id = ++calls;
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("\"id\":" + id + "}") || line.contains("\"id\":" + id + ",")) {
                return line;
            }
        }
        throw new AssertionError("the MCP server ended without an answer to " + method);
    }

    private void send(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
