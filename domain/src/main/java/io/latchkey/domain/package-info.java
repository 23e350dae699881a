/**
 * Values and rules of tokens: what a token is, who may change it, and how. Uses values of the JDK only. Begin with {@link
 * io.latchkey.domain.Change}.
 *
 * <p>A {@link io.latchkey.domain.Change} is a request; it is decided against the {@link io.latchkey.domain.Tokens} of one
 * moment and becomes a {@link io.latchkey.domain.TokenEvent}, or a {@link io.latchkey.domain.TokenFailure} with the sentence
 * that the user reads.
 *
 * <p>A change is decided inside the transaction that records it, while the database's write lock is held. So each rule is
 * checked once, a race is settled by the database, and a change is refused if the secret of its actor was retired meanwhile.
 */
package io.latchkey.domain;
