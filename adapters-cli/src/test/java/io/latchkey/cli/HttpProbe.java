package io.latchkey.cli;

import io.latchkey.application.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as a client with no help of ours sees it. */
final class HttpProbe implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"(apiv3_[A-Za-z0-9_-]{86})\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final Duration patience;

    HttpProbe(URI address) {
        this(address, Eventually.PATIENCE);
    }

    /** A client that asks again for so long while the answer is 503, as a starved server gives it. */
    HttpProbe(URI address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /** The status for whoever presents a secret. */
    int knock(String secret) throws IOException, InterruptedException {
        return send("GET", "/api/v1/whoami", secret, "").statusCode();
    }

    /** The status of the forward-auth endpoint for a secret and a permission. */
    int verify(String secret, String permission) throws IOException, InterruptedException {
        return send("GET", "/api/v1/verify?permission=" + permission, secret, "")
                .statusCode();
    }

    HttpResponse<String> createNamed(String secret, String name) throws IOException, InterruptedException {
        return send("POST", "/api/v3/configure/token/named_admin", secret, "{\"token_name\":\"" + name + "\"}");
    }

    HttpResponse<String> createOperator() throws IOException, InterruptedException {
        return send("POST", "/api/v3/configure/token/admin", "", "");
    }

    /** Something that the API can do; a JSON text in the body, or none if it is empty. */
    HttpResponse<String> send(String method, String path, String secret, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        long begun = System.nanoTime();
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        while (answer.statusCode() == 503 && System.nanoTime() - begun < patience.toNanos()) {
            answer = client.send(request.build(), BodyHandlers.ofString());
        }
        return answer;
    }

    /** The secret in an answer. */
    static String secret(HttpResponse<String> answer) {
        Matcher token = TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new AssertionError("no token in " + answer.statusCode() + " " + answer.body());
        }
        return token.group(1);
    }

    /** The statuses of the same request sent by many at once. */
    static List<Integer> race(int runners, Callable<HttpResponse<String>> request) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(runners)) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                running.add(executor.submit(() -> {
                    start.await();
                    return request.call().statusCode();
                }));
            }
            start.countDown();
            for (Future<Integer> one : running) {
                statuses.add(one.get());
            }
        }
        return statuses;
    }

    @Override
    public void close() {
        client.close();
    }
}
