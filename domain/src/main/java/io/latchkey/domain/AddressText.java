package io.latchkey.domain;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of an address; for IPv6 the canonical one (RFC 5952, section 4), in which the longest run of zeros is {@code ::}. */
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == Integer.BYTES) {
            return address.getHostAddress();
        }
        int[] groups = new int[GROUPS];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(buffer.getShort());
        }
        int start = 0;
        int longest = 0;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeros(groups, i);
            if (run > longest) {
                start = i;
                longest = run;
            }
        }
        return longest < 2
                ? text(groups, 0, GROUPS)
                : text(groups, 0, start) + "::" + text(groups, start + longest, GROUPS);
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String text(int[] groups, int from, int end) {
        return IntStream.range(from, end)
                .mapToObj(i -> HexFormat.of().toHexDigits(groups[i]).replaceFirst("^0{1,7}", ""))
                .collect(Collectors.joining(":"));
    }
}
