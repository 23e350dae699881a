/**
 * The endpoints of Latchkey's own API under {@code /api/v1}, and its description.
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}, {@code json}; nothing uses it.
 *
 * <p>Begin with {@code TokenController}, then read {@code openapi.yml} among the resources.
 *
 * <p>Why {@code openapi.yml} is written by hand: tests keep it true. They compare its operations with Micronaut's
 * routes, and the status, type and schema of the answers to thousands of generated requests with what it describes.
 * micronaut-openapi 6.20, even with bound parameters hidden, merges {@code /tokens/{+name}} and {@code /tokens} and
 * loses what they share, gives every operation a 200 of {@code type: object}, and describes Micronaut's cookies,
 * because methods here take requests and return bytes. Everything would have to be repeated in annotations, which only
 * the same tests could keep true.
 */
@NullMarked
package io.latchkey.http.api;

import org.jspecify.annotations.NullMarked;
