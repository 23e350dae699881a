package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus with what {@code latchkey config prometheus} prints, but that it looks more often. */
class PrometheusIT {
    @Test
    void reads_the_metrics_with_a_token_from_a_file(@TempDir Path folder) throws Exception {
        DebianProgram.need("prometheus");
        try (ProxyTestBed stage = new ProxyTestBed(folder, PrometheusIT::start)) {
            Eventually.until(() -> targets(stage.port).contains("\"health\":\"up\""));
            assertThat(stage.relay.heard()).contains("GET /metrics HTTP/1.1");
        }
    }

    private static DebianProgram start(ProxyTestBed stage) throws Exception {
        Path folder = stage.folder;
        Path settings = folder.resolve("prometheus.yml");
        stage.print("prometheus", settings, "--latchkey", stage.latchkeyUrl(), "--dir", folder.toString());
        String printed = Files.readString(settings);
        String often = printed.replace("scrape_interval: 15s", "scrape_interval: 1s")
                .replace("scrape_timeout: 5s", "scrape_timeout: 1s");
        assertThat(often).isNotEqualTo(printed);
        Files.writeString(settings, often);
        Files.writeString(folder.resolve("latchkey.token"), stage.resource("prometheus", "system:metrics:read") + "\n");
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
