package io.latchkey.http.console;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.RandomCode;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The sessions of the console, in memory, by the digest of their id: 30 minutes without a request end one, and 12 hours in
 * any case. Each request of the holder of a token asks for a verdict on the secret, so a session ends when its secret does.
 * Any change of the token that the session did not make itself ends it for good, so that a token that was disabled and is
 * enabled again does not bring a stolen session back.
 */
final class Sessions {
    /** How long a session may be without a request. */
    static final Duration IDLE = Duration.ofMinutes(30);

    /** How long a session lasts at most. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** Maximum number of sessions; a new one ends the oldest. */
    static final int MOST = 4096;

    private final TokenAuthority authority;
    private final SecureRandom random;
    private final LongSupplier ticker;
    /** The oldest first. */
    private final Map<TokenDigest, Session> open = new LinkedHashMap<>();

    Sessions(TokenAuthority authority, SecureRandom random) {
        this(authority, random, System::nanoTime);
    }

    /** @param ticker monotonic time in nanoseconds */
    Sessions(TokenAuthority authority, SecureRandom random, LongSupplier ticker) {
        this.authority = authority;
        this.random = random;
        this.ticker = ticker;
    }

    /** Begins a session for a secret that was just accepted; returns its new id. */
    String begin(Verdict.Accepted accepted) {
        TokenDigest secret =
                Actor.Holder.of(accepted.token(), accepted.generation()).digest();
        return begin(new Session.Secret(secret, accepted.token().version()));
    }

    /** Begins a session for the owner of the store; returns its new id. */
    String begin(Actor.FileOwner owner) {
        return begin(new Session.Owner(owner, operator(owner)));
    }

    private String begin(Session.Principal principal) {
        long now = ticker.getAsLong();
        String id = random();
        Session session = Session.begin(principal, random(), now);
        synchronized (open) {
            open.values().removeIf(each -> isOver(each, now));
            if (open.size() == MOST) {
                open.remove(open.keySet().iterator().next());
            }
            open.put(key(id), session);
        }
        return id;
    }

    /**
     * The session of an id, if it has not ended; counts as a use of its token, if it has one.
     *
     * @throws AuthorityUnavailable if no verdict can be given now; the session goes on
     */
    Optional<SignedIn> find(String id, InetAddress from) {
        return used(key(id)).flatMap(session -> who(id, session, digest -> authority.reauthenticate(digest, from)));
    }

    /**
     * The same for a page that loads itself again: no request of a person, so it does not keep a session from ending, and no
     * use.
     */
    Optional<SignedIn> look(String id, InetAddress from) {
        return unused(key(id)).flatMap(session -> who(id, session, digest -> authority.recheck(digest, from)));
    }

    private Optional<SignedIn> who(String id, Session session, Function<TokenDigest, Verdict> judge) {
        return switch (session.principal()) {
            case Session.Secret secret -> judged(id, session, secret, judge.apply(secret.digest()));
            case Session.Owner owner -> owned(id, session, owner);
        };
    }

    private Optional<SignedIn> owned(String id, Session session, Session.Owner owner) {
        if (!authority.givesVerdicts()) {
            throw new AuthorityUnavailable("the tokens may have changed since they were read: try again");
        }
        Actor.FileOwner actor = owner.actor();
        if (owner.operator().isPresent() && !operator(actor).equals(owner.operator())) {
            end(id);
            return Optional.empty();
        }
        return Optional.of(new SignedIn(id, session, Optional.empty(), actor, authority.actingAs(actor)));
    }

    private Optional<Session.OperatorSecret> operator(Actor.FileOwner owner) {
        try {
            return Optional.of(
                    Session.OperatorSecret.of(authority.actingAs(owner).tokens().find(TokenName.OPERATOR)));
        } catch (TokenFailure.NotFound e) {
            return Optional.empty();
        }
    }

    private Optional<SignedIn> judged(String id, Session session, Session.Secret secret, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> signedIn(id, session, secret, accepted);
            case Verdict.Refused _ -> {
                end(id);
                yield Optional.empty();
            }
            case Verdict.Unavailable _ ->
                throw new AuthorityUnavailable("cannot check whether the token is valid: try again");
        };
    }

    private Optional<Session> unused(TokenDigest key) {
        long now = ticker.getAsLong();
        synchronized (open) {
            return Optional.ofNullable(open.get(key)).filter(session -> !isOver(session, now));
        }
    }

    private Optional<Session> used(TokenDigest key) {
        long now = ticker.getAsLong();
        synchronized (open) {
            return Optional.ofNullable(
                    open.computeIfPresent(key, (_, session) -> isOver(session, now) ? null : session.usedAt(now)));
        }
    }

    private Optional<SignedIn> signedIn(String id, Session session, Session.Secret secret, Verdict.Accepted accepted) {
        if (!accepted.token().version().equals(secret.version())) {
            end(id);
            return Optional.empty();
        }
        Actor.Holder actor = Actor.Holder.of(accepted.token(), accepted.generation());
        return Optional.of(new SignedIn(id, session, Optional.of(accepted.token()), actor, authority.actingAs(actor)));
    }

    /** Keeps a session alive that has just changed its own token, unless others changed it, too. */
    void changed(SignedIn who, Token after) {
        synchronized (open) {
            open.computeIfPresent(key(who.id()), (_, session) -> switch (session.principal()) {
                case Session.Secret(TokenDigest digest, TokenVersion version)
                when who.is(after) && after.version().follows(version) ->
                    session.of(new Session.Secret(digest, after.version()));
                case Session.Secret _, Session.Owner _ -> session;
            });
        }
    }

    /** Keeps what a form has done for the page that is to say so. */
    void announce(SignedIn who, Session.Notice notice) {
        synchronized (open) {
            open.computeIfPresent(key(who.id()), (_, session) -> session.saying(Optional.of(notice)));
        }
    }

    /** What a form has done, if the page of a path is to say so; only once. */
    Optional<Done> announced(SignedIn who, String path) {
        TokenDigest key = key(who.id());
        synchronized (open) {
            Optional<Done> done = Optional.ofNullable(open.get(key))
                    .flatMap(Session::notice)
                    .filter(notice -> notice.path().equals(path))
                    .map(Session.Notice::done);
            if (done.isPresent()) {
                open.computeIfPresent(key, (_, session) -> session.saying(Optional.empty()));
            }
            return done;
        }
    }

    /**
     * Does what a form asks for, unless this session does so or did so already: browsers send a form again when a page is
     * loaded again, or after a double click.
     *
     * @param form its name in this session
     * @return empty if the form was sent before and did not fail
     */
    <T> Optional<T> once(SignedIn who, String form, Supplier<T> work) {
        if (!isFirst(who, form)) {
            return Optional.empty();
        }
        boolean failed = true;
        try {
            Optional<T> result = Optional.of(work.get());
            failed = false;
            return result;
        } finally {
            if (failed) {
                synchronized (open) {
                    open.computeIfPresent(key(who.id()), (_, session) -> session.notSending(form));
                }
            }
        }
    }

    private boolean isFirst(SignedIn who, String form) {
        TokenDigest key = key(who.id());
        synchronized (open) {
            Session session = open.get(key);
            if (session == null) {
                return true;
            }
            boolean first = !session.sent().contains(form);
            if (first) {
                open.put(key, session.sending(form));
            }
            return first;
        }
    }

    /** Whether there is a session of an id; does not count as a request. */
    boolean has(String id) {
        return unused(key(id)).isPresent();
    }

    /** Ends a session, if it is there. */
    void end(String id) {
        synchronized (open) {
            open.remove(key(id));
        }
    }

    private static boolean isOver(Session session, long now) {
        return now - session.last() >= IDLE.toNanos() || now - session.began() >= LONGEST.toNanos();
    }

    /** 256 random bits as text. */
    String random() {
        return RandomCode.next(random);
    }

    private static TokenDigest key(String id) {
        return TokenSecret.presented(id).digest();
    }
}
