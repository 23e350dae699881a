package io.latchkey.cli;

import io.latchkey.application.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The certificate that a server shows, and until when clients believe it. */
record CertificateFile(InstantSource clock, Arguments arguments) {
    private static final String SUBJECT = "certificate";
    private static final Duration SOON = Duration.ofDays(14);

    List<Finding> findings() {
        return arguments.given("--tls-cert", "INFLUXDB3_TLS_CERT").stream()
                .map(given -> look(arguments.parse(given, Location::path)))
                .toList();
    }

    private Finding look(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return judged(
                    file,
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        } catch (IOException e) {
            return Finding.bad(
                    SUBJECT,
                    file + " cannot be read: " + FileTrouble.reading(file, e),
                    "name a file that can, or let this user read it");
        } catch (CertificateException e) {
            return Finding.bad(SUBJECT, file + " holds no certificate in PEM", "name the file of the certificate");
        }
    }

    private Finding judged(Path file, Instant from, Instant until) {
        Instant now = clock.instant();
        if (now.isBefore(from)) {
            return Finding.bad(SUBJECT, file + " is valid from " + from, "set the clock, or use another");
        }
        if (now.isAfter(until)) {
            return Finding.bad(SUBJECT, file + " has expired at " + until, "renew it; a running server reads it again");
        }
        String seen = file + " is valid until " + until;
        return now.plus(SOON).isAfter(until)
                ? Finding.bad(SUBJECT, seen, "renew it; a running server reads it again")
                : Finding.good(SUBJECT, seen);
    }
}
