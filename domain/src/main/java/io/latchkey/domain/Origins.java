package io.latchkey.domain;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The addresses from which a token is accepted.
 *
 * @param networks at most {@value #MOST}, sorted, and none inside another or beside its other half; empty for all addresses
 */
public record Origins(List<Network> networks) {
    /** The most networks of a token. */
    public static final int MOST = 16;

    private static final Comparator<Network> ORDER = Comparator.<Network>comparingInt(
                    network -> network.address().getAddress().length)
            .thenComparing(network -> network.address().getAddress(), Arrays::compareUnsigned)
            .thenComparingInt(Network::bits);

    /** All addresses, also unknown ones. */
    public static final Origins ANYWHERE = new Origins(List.of());

    /** Brings the networks into their one form; {@link TokenFailure.Invalid} if they are too many. */
    public Origins {
        if (networks.size() > MOST) {
            throw new TokenFailure.Invalid("from", "a token must not have more than " + MOST + " networks");
        }
        networks = reduced(networks);
    }

    /** Without networks inside others, and with both halves of a network in its place, so that subsets can be decided. */
    private static List<Network> reduced(List<Network> given) {
        List<Network> kept = new ArrayList<>();
        for (Network network : given.stream().sorted(ORDER).distinct().toList()) {
            if (kept.isEmpty() || !kept.getLast().contains(network)) {
                kept.add(network);
                joinHalves(kept);
            }
        }
        return List.copyOf(kept);
    }

    private static void joinHalves(List<Network> kept) {
        while (kept.size() > 1 && areHalves(kept.get(kept.size() - 2), kept.getLast())) {
            kept.removeLast();
            Network lower = kept.removeLast();
            kept.add(new Network(lower.address(), lower.bits() - 1));
        }
    }

    /** Of two in their order, neither of which contains the other: so both are not all addresses of one kind. */
    private static boolean areHalves(Network lower, Network upper) {
        return lower.bits() == upper.bits() && new Network(lower.address(), lower.bits() - 1).contains(upper.address());
    }

    /**
     * Parses addresses and networks.
     *
     * @throws TokenFailure.Invalid if one is neither, has bits behind its network, or if they are too many
     */
    public static Origins parse(List<String> texts) {
        return texts.isEmpty()
                ? ANYWHERE
                : new Origins(texts.stream().map(Origins::network).toList());
    }

    private static Network network(String text) {
        return Network.parseExact(text)
                .orElseThrow(() -> new TokenFailure.Invalid(
                        "from",
                        "expected an address or a network such as 10.0.0.0/8 or 2001:db8::/32, and not "
                                + Permission.shown(text)));
    }

    /** Each network in its one form. */
    public List<String> texts() {
        return networks.stream().map(Network::text).toList();
    }

    /** Whether a token is accepted from an address; from the unspecified address, which stands for an unknown one, only if
     * there is no limit. */
    public boolean allow(InetAddress from) {
        if (networks.isEmpty()) {
            return true;
        }
        if (from.isAnyLocalAddress()) {
            return false;
        }
        for (int i = 0; i < networks.size(); i++) { // an iterator would allocate
            if (networks.get(i).contains(from)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every address that others allow is allowed by these. */
    boolean contain(Origins others) {
        return networks.isEmpty()
                || (!others.networks.isEmpty()
                        && others.networks.stream()
                                .allMatch(other -> networks.stream().anyMatch(ours -> ours.contains(other))));
    }
}
