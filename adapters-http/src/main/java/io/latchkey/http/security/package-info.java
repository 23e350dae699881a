/**
 * Who sends a request: credentials, authentication, public paths, creation of the first token.
 *
 * <p>Uses {@code server}, {@code wire}, {@code json}.
 *
 * <p>Begin with {@code AuthenticationFilter}, which sees every request first, and {@link
 * io.latchkey.http.security.Caller}, its result.
 *
 * <p>Why the filter runs on the event loop: it needs only the headers and memory, so a request is authenticated before
 * its body is read. Controllers run on platform threads, because a store may block and pin a virtual thread.
 *
 * <p>Why the first operator token cannot be created by any caller: without a credential, only a process that could also
 * create it in the database file may do so. This is a process of the server's own user or of root, on the other end of
 * a loopback connection (Linux shows the owner of that socket; on other systems nobody qualifies), whose request has no
 * header that a proxy or a browser adds. One case cannot be detected: a proxy of that user or of root that speaks
 * HTTP/1.1 and adds nothing.
 */
@NullMarked
package io.latchkey.http.security;

import org.jspecify.annotations.NullMarked;
