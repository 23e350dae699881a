package io.latchkey.http.server;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The body of a response that is made or read while the client reads it.
 *
 * @param length in bytes; empty if unknown
 * @param content closed when the response ends, also by a failure
 */
public record StreamedBody(OptionalLong length, InputStream content) {}
