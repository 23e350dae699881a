/**
 * The use cases of tokens and their ports. {@link io.latchkey.application.TokenAuthority} is the entry point; {@link
 * io.latchkey.application.TokenStore} and {@link io.latchkey.application.RemoteAuthorities} are implemented by adapters.
 * Depends only on the domain and the JDK.
 *
 * <p>There is one write path, {@link io.latchkey.application.TokenStore#append}, and one read path, {@link
 * io.latchkey.application.TokenAuthority#authenticate}: durable first, then memory, then the answer.
 *
 * <p>A service can verify tokens in its own process, without a server. With an SQLite file ({@code latchkey-persistence}),
 * which a server and the command line may use at the same time:
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
 * rate. A verdict is accepted, refused or unavailable. Answer {@code Unavailable} with a 503: as a refusal it would lock out
 * valid tokens, and as an acceptance it would let every token in.
 *
 * <p>Why the ledger is the only way to write: a change of the token table and its ledger row are one transaction, durable
 * before it is answered. The ledger is the audit trail, the revision that other processes watch, and the source of the view in
 * memory. Tokens before and after are JSON text, so the hash chain stays valid when columns are added. Only the uses of tokens
 * are written outside the ledger, every 5 seconds; a crash can lose the uses of that time, but no change.
 *
 * <p>Why the registry is the only way to verify: all tokens are in memory, digest to verdict. A verification is one SHA-512,
 * one look-up and one comparison in constant time, without I/O and without a lock. A thread with a connection of its own polls
 * the store every 2 ms (8 ms while nobody asks) and applies new entries in slices, those that end a secret first, so that a
 * change by another process counts within 10 ms and no import, list or scrape costs a verdict. If the store could not be read
 * for a second, or its file was moved away, the verdict is unavailable (503), never a guess; so it is for a secret that may
 * belong to a token whose entry is not applied yet.
 */
package io.latchkey.application;
