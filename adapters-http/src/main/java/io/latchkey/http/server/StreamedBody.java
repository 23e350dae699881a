package io.latchkey.http.server;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The body of an answer that is made, or read, as the client takes it.
 *
 * @param length in bytes; empty if it is not known before the end
 * @param content closed when the answer ends, however it ends
 */
public record StreamedBody(OptionalLong length, InputStream content) {}
