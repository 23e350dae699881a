package io.latchkey.cli.doctor;

import io.latchkey.application.FileProblem;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
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

/** Checks the validity period of a server's certificate. */
record CertificateCheck(InstantSource clock, Arguments arguments) {
    private static final String SUBJECT = "certificate";
    private static final Duration SOON = Duration.ofDays(14);

    List<CheckResult> findings() {
        return ServerOptions.certificate(arguments).stream().map(this::look).toList();
    }

    private CheckResult look(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return judged(
                    file,
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        } catch (IOException e) {
            return CheckResult.bad(
                    SUBJECT,
                    file + " cannot be read: " + FileProblem.reading(file, e),
                    "give another file, or let this user read it");
        } catch (CertificateException e) {
            return CheckResult.bad(
                    SUBJECT, file + " contains no certificate in PEM", "give the file of the certificate");
        }
    }

    private CheckResult judged(Path file, Instant from, Instant until) {
        Instant now = clock.instant();
        if (now.isBefore(from)) {
            return CheckResult.bad(
                    SUBJECT, file + " is valid from " + from, "correct the clock, or use another certificate");
        }
        if (now.isAfter(until)) {
            return CheckResult.bad(
                    SUBJECT, file + " expired at " + until, "renew it; a running server reloads the file");
        }
        String seen = file + " is valid until " + until;
        return now.plus(SOON).isAfter(until)
                ? CheckResult.bad(SUBJECT, seen, "renew it; a running server reloads the file")
                : CheckResult.good(SUBJECT, seen);
    }
}
