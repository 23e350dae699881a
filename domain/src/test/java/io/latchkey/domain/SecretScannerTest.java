package io.latchkey.domain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.SecretScanner.Confidence;
import io.latchkey.domain.SecretScanner.Input;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretScannerTest {
    private static final String MADE_HERE =
            TokenSecret.generate(new SecureRandom()).reveal();
    private static final String FOREIGN = "apiv3_" + "f".repeat(86);

    /** A find: where it stands, and what. */
    private record Found(long at, String text, Confidence proof) {}

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " ", "\"", "=", "\\n", "%3D", "X", "apiv3_", "_", "é", "apiv3_apiv3"})
    void finds_a_secret_with_checksum_in_any_context(String around) {
        assertThat(scan(around + MADE_HERE + around).stream().filter(found -> found.proof() == Confidence.CHECKSUM))
                .containsExactly(new Found(around.getBytes(ISO_8859_1).length, MADE_HERE, Confidence.CHECKSUM));
    }

    @Test
    void finds_foreign_or_chosen_secrets_without_checksum() {
        String chosen = "apiv3_" + "c".repeat(22);
        String long_ = "apiv3_" + "l".repeat(500);
        assertThat(scan(FOREIGN + "\n" + chosen + "." + long_))
                .containsExactly(
                        new Found(0, FOREIGN, Confidence.NONE),
                        new Found(93, chosen, Confidence.NONE),
                        new Found(122, long_.substring(0, 92), Confidence.NONE),
                        new Found(122, long_, Confidence.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "apiv3",
                "apiv3_",
                "apiv3_ccccccccccccccccccccc",
                "APIV3_cccccccccccccccccccccccc",
                "apiv3-cccccccccccccccccccccc"
            })
    void finds_nothing_where_there_is_nothing(String text) {
        assertThat(scan(text)).isEmpty();
    }

    @Test
    void a_secret_with_a_wrong_character_has_no_valid_checksum() {
        for (int i = 6; i < MADE_HERE.length(); i++) {
            char[] wrong = MADE_HERE.toCharArray();
            wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
            assertThat(scan(new String(wrong))).extracting(Found::proof).doesNotContain(Confidence.CHECKSUM);
        }
    }

    @Test
    void a_secret_with_wrong_unused_bits_has_no_valid_checksum() {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = digits.charAt(digits.indexOf(MADE_HERE.charAt(91)) + 1);
        assertThat(scan(MADE_HERE.substring(0, 91) + last))
                .extracting(Found::proof)
                .doesNotContain(Confidence.CHECKSUM);
    }

    @Test
    void finds_the_same_however_the_bytes_come_in() {
        Random random = new Random(7);
        SecureRandom secrets = new SecureRandom();
        for (int round = 0; round < 300; round++) {
            String text = random.ints(1 + random.nextInt(30), 0, 7)
                    .mapToObj(what -> switch (what) {
                        case 0 -> TokenSecret.generate(secrets).reveal();
                        case 1 -> FOREIGN;
                        case 2 -> "apiv3_" + "x".repeat(random.nextInt(1100));
                        case 3 -> "apiv3_".substring(0, random.nextInt(7));
                        case 4 -> "\n".repeat(random.nextInt(3));
                        case 5 -> "-".repeat(random.nextInt(200));
                        default -> "some text ";
                    })
                    .collect(Collectors.joining());
            assertThat(scanInPieces(text, random)).isEqualTo(scan(text));
        }
    }

    @Test
    void a_match_of_the_greatest_length_needs_no_more_bytes() {
        byte[] bytes = ("apiv3_" + "x".repeat(SecretScanner.LONGEST - 6)).getBytes(ISO_8859_1);
        List<Integer> lengths = new ArrayList<>();
        int done = SecretScanner.scan(
                bytes,
                bytes.length,
                Input.MORE,
                find -> lengths.add(find.secret().reveal().length()));
        assertThat(lengths).containsExactly(92, SecretScanner.LONGEST);
        assertThat(done).isPositive();
    }

    private static List<Found> scan(String text) {
        List<Found> all = new ArrayList<>();
        byte[] bytes = text.getBytes(ISO_8859_1);
        int done = SecretScanner.scan(
                bytes,
                bytes.length,
                Input.END,
                find -> all.add(new Found(find.start(), find.secret().reveal(), find.confidence())));
        assertThat(done).isEqualTo(bytes.length);
        return all;
    }

    private static List<Found> scanInPieces(String text, Random random) {
        List<Found> all = new ArrayList<>();
        byte[] bytes = text.getBytes(ISO_8859_1);
        int from = 0;
        int to = 0;
        while (to < bytes.length) {
            to = Math.min(bytes.length, to + 1 + random.nextInt(400));
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            int base = from;
            int done = SecretScanner.scan(
                    piece,
                    piece.length,
                    to == bytes.length ? Input.END : Input.MORE,
                    find -> all.add(new Found(base + find.start(), find.secret().reveal(), find.confidence())));
            assertThat(piece.length - done).isLessThan(to == bytes.length ? 1 : SecretScanner.LONGEST);
            from += done;
        }
        return all;
    }
}
