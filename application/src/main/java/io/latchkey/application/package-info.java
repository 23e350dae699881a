/**
 * What can be done with tokens, and the ports that it takes: {@link io.latchkey.application.TokenAuthority} is the way
 * in, {@link io.latchkey.application.TokenStore} and {@link io.latchkey.application.RemoteAuthorities} are the ways
 * out. Knows the domain and the JDK.
 *
 * <p>There is one write path, {@link io.latchkey.application.TokenStore#append}, and one read path, {@link
 * io.latchkey.application.TokenAuthority#authenticate}: durable first, then memory, then the answer.
 *
 * <p>Any service can decide by itself who may pass, without a server in between. With a SQLite file ({@code
 * latchkey-persistence}), which may be the one that a server and the command line use at the same time:
 *
 * {@snippet :
 * try (var store = SqliteTokenStore.open(path);
 *         var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom())) {
 *     authority.start();
 *     boolean passes = authority.authenticate(TokenSecret.presented(text)) instanceof Verdict.Accepted;
 * }
 * }
 *
 * One authority serves the whole process, from start to end; {@code authenticate} may be called by any thread at any
 * rate. A verdict is one of three: whoever makes {@link io.latchkey.domain.Verdict.Unavailable} a no refuses those who
 * may pass, and whoever makes it a yes needs no authority.
 */
package io.latchkey.application;
