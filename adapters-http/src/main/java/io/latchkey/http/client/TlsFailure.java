package io.latchkey.http.client;

import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Explains why there is no secure connection to a server. */
final class TlsFailure {
    private TlsFailure() {}

    /** The reason, to follow a colon. Some failures differ only in the text of Java's message. */
    static String reason(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return "the server's certificate has expired";
                }
                case CertificateNotYetValidException _ -> {
                    return "the server's certificate is not valid yet; check the clock";
                }
                case CertPathBuilderException _ -> {
                    return "the server's certificate is from an unknown certificate authority; --tls-ca FILE adds one";
                }
                case CertificateException e
                when says(e, "subject alternative") || says(e, "No name matching") -> {
                    return "the server's certificate is for another host name";
                }
                case SSLException e
                when says(e, "SSL message") -> {
                    return "the server does not use TLS on this port; check whether the address begins with http://";
                }
                case SSLException e
                when says(e, "certificate_required") -> {
                    return "the server requires a client certificate, which is not supported";
                }
                case SSLException e
                when says(e, "unrecognized_name") -> {
                    return "the server does not recognize this host name";
                }
                case EOFException _ -> {
                    return "the server closed the connection; check the port, and that the server uses TLS on it";
                }
                case SSLException e
                when says(e, "protocol_version") -> {
                    return "the server supports neither TLS 1.2 nor TLS 1.3";
                }
                default -> {}
            }
        }
        return "no secure connection; the server's certificate or TLS version is not accepted";
    }

    /** Whether the server refused the connection with a TLS alert, so that it uses TLS. */
    static boolean isAlert(SSLException failure) {
        return says(failure, "fatal alert");
    }

    private static boolean says(Throwable failure, String words) {
        return failure.getMessage() != null && failure.getMessage().contains(words);
    }
}
