package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus with what {@code latchkey config prometheus} prints, and nothing else. */
class PrometheusIT {
    @Test
    void reads_the_metrics_with_a_token_from_a_file(@TempDir Path folder) throws Exception {
        DebianProgram.need("prometheus");
        try (Stage stage = new Stage(folder, PrometheusIT::start)) {
            Await.until(Duration.ofSeconds(60), () -> targets(stage.port).contains("\"health\":\"up\""));
            assertThat(stage.relay.heard()).contains("GET /metrics HTTP/1.1");
        }
    }

    private static DebianProgram start(Stage stage) throws Exception {
        Path folder = stage.folder;
        stage.print(
                "prometheus",
                folder.resolve("prometheus.yml"),
                "--latchkey",
                stage.latchkeyUrl(),
                "--dir",
                folder.toString());
        Files.writeString(folder.resolve("latchkey.token"), stage.token("prometheus") + "\n");
        return DebianProgram.start(
                folder,
                stage.port,
                Map.of(),
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=metrics",
                "--web.listen-address=" + stage.listen());
    }

    private static String targets(int port) {
        try (var user = new KeptConnection(port)) {
            return user.get("/api/v1/targets").body();
        } catch (IOException e) {
            return "";
        }
    }
}
