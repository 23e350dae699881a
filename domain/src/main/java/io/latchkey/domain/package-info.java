/**
 * Values and rules of tokens: what a token is, who may change it, and what follows. Knows the JDK's values only.
 *
 * <p>A {@link io.latchkey.domain.Change} is what somebody asks for; it is decided against the {@link
 * io.latchkey.domain.Tokens} of one moment and becomes a {@link io.latchkey.domain.TokenEvent}, or a {@link
 * io.latchkey.domain.TokenFailure} with the sentence the user reads. Every rule therefore runs inside the transaction
 * that records its outcome, and none is checked twice.
 */
package io.latchkey.domain;
