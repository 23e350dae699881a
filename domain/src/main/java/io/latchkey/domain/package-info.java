/**
 * Values and rules of tokens: what a token is, who may change it, and what follows. Knows the JDK's values only.
 *
 * <p>A {@link io.latchkey.domain.Change} is what somebody asks for; it is decided against the {@link
 * io.latchkey.domain.Tokens} of one moment and becomes a {@link io.latchkey.domain.TokenEvent}, or a {@link
 * io.latchkey.domain.TokenFailure} with the sentence the user reads. Every rule therefore runs inside the transaction
 * that records its outcome, and none is checked twice.
 *
 * <p>Why rules are decided inside the transaction: a {@link io.latchkey.domain.Change} is decided against the tokens as they
 * are once the database's write lock is held. So no rule is checked twice, a race is settled by the database and nothing
 * else, and an action is refused if the secret it was begun with has been retired meanwhile.
 */
package io.latchkey.domain;
