package io.latchkey.domain;

import static io.latchkey.domain.TestTokens.NOW;
import static io.latchkey.domain.TestTokens.OWNER;
import static io.latchkey.domain.TestTokens.allowing;
import static io.latchkey.domain.TestTokens.digest;
import static io.latchkey.domain.TestTokens.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the holder of a resource token may do and see. */
final class ResourceTokenTest {
    private static final Token CI = allowing(1, "ci", "db:a:read");
    private static final Token ADMIN = issued(2, "admin", Attributes.ADMIN);

    private static Actor holder(Token token) {
        return Actor.Holder.of(token);
    }

    private static Class<?> refusal(Change change, Token by, Token... others) {
        Token[] all = new Token[others.length + 1];
        System.arraycopy(others, 0, all, 1, others.length);
        all[0] = by;
        try {
            return change.decide(TestTokens.of(all), holder(by), NOW).getClass();
        } catch (TokenFailure refused) {
            return refused.getClass();
        }
    }

    @Test
    void creates_no_operator_token_whatever_its_permissions_are() {
        Token all = allowing(3, "all", "tokens:*:*");
        assertThat(refusal(new Change.CreateOperator(digest("new")), all)).isEqualTo(TokenFailure.Forbidden.class);
    }

    @Test
    void brings_only_tokens_that_can_do_nothing_that_it_cannot_do_itself() {
        Token maker = allowing(3, "maker", "tokens:*:create", "db:a:read");
        for (Change.Import.Identity identity : Change.Import.Identity.values()) {
            Token may = allowing(100, "new", "db:a:read");
            assertThat(refusal(new Change.Import(may, identity), maker)).isEqualTo(TokenEvent.Issued.class);
            Token mayNot = allowing(100, "new", "db:b:read");
            assertThat(refusal(new Change.Import(mayNot, identity), maker)).isEqualTo(TokenFailure.NotContained.class);
        }
    }

    @Test
    void enables_and_disables_only_with_the_permission() {
        Token may = allowing(3, "may", "tokens:*:disable", "db:*:read");
        Token mayNot = allowing(4, "may-not", "tokens:*:update,create,rotate,delete", "db:*:read");
        Token disabled = CI.disabled(Reason.NONE, OWNER, NOW);
        Change enable = new Change.Enable(CI.name(), Precondition.NONE);
        assertThat(refusal(enable, may, disabled)).isEqualTo(TokenEvent.Enabled.class);
        assertThat(refusal(enable, mayNot, disabled)).isEqualTo(TokenFailure.PermissionMissing.class);
        Change disable = new Change.Disable(CI.name(), Reason.NONE, Precondition.NONE);
        assertThat(refusal(disable, may, CI)).isEqualTo(TokenEvent.Disabled.class);
        assertThat(refusal(disable, mayNot, CI)).isEqualTo(TokenFailure.PermissionMissing.class);
    }

    @Test
    void ends_a_leaked_secret_if_it_is_its_own_or_if_it_may_delete_the_token() {
        Token exact = allowing(3, "exact", "tokens:ci:delete");
        Token all = allowing(4, "all", "tokens:*:delete");
        Token none = allowing(5, "none", "tokens:other:delete");
        Change burn = new Change.RevokeLeaked(CI.digest());
        assertThat(refusal(burn, CI)).isEqualTo(TokenEvent.Revoked.class);
        assertThat(refusal(burn, exact, CI)).isEqualTo(TokenEvent.Revoked.class);
        assertThat(refusal(burn, all, CI)).isEqualTo(TokenEvent.Revoked.class);
        assertThat(refusal(burn, none, CI)).isEqualTo(TokenFailure.PermissionMissing.class);
        Change ofAdmin = new Change.RevokeLeaked(ADMIN.digest());
        assertThat(refusal(ofAdmin, none, ADMIN))
                .as("an admin token is refused as any other")
                .isEqualTo(TokenFailure.PermissionMissing.class);
        assertThat(refusal(ofAdmin, all, ADMIN)).isEqualTo(TokenFailure.Forbidden.class);
        assertThat(refusal(burn, ADMIN, CI)).isEqualTo(TokenEvent.Revoked.class);
    }

    @Test
    void sees_of_a_token_neither_digests_nor_who_else_changed_it() {
        Token changed = CI.rotated(
                        digest("new"),
                        new GracePeriod(Duration.ofHours(1)),
                        Optional.of(new IdempotencyKey("key")),
                        holder(ADMIN),
                        NOW)
                .disabled(new Reason("why"), holder(CI), NOW);
        Token seen = changed.withoutDigests();
        assertThat(seen.secrets().digests()).hasSize(2).allMatch(TokenDigest::isHidden);
        assertThat(seen.secrets().lastKeyed()).isEmpty();
        assertThat(seen.secrets().generation()).isEqualTo(2);
        assertThat(seen.previousSecretUntil(NOW)).isEqualTo(changed.previousSecretUntil(NOW));
        assertThat(seen.createdBy()).isEmpty();
        assertThat(seen.lastChange().orElseThrow().by()).contains(CI.id());
        assertThat(CI.enabled(holder(ADMIN), NOW).withoutDigests().lastChange().orElseThrow())
                .isEqualTo(new Token.LastChange(NOW, Optional.empty()));
        assertThat(seen)
                .usingRecursiveComparison()
                .ignoringFields("secrets", "createdBy")
                .isEqualTo(changed);
    }

    @Test
    void is_seen_by_its_holder_without_digests_and_an_admin_token_with_them() {
        assertThat(CI.asItsHolderSees()).isEqualTo(CI.withoutDigests()).isNotEqualTo(CI);
        assertThat(ADMIN.asItsHolderSees()).isEqualTo(ADMIN);
    }

    @Test
    void has_a_kind_of_its_own() {
        assertThat(CI.kind()).isEqualTo(TokenKind.RESOURCE);
        assertThat(ADMIN.kind()).isEqualTo(TokenKind.ADMIN);
        assertThat(issued(0, "_admin", Attributes.ADMIN).kind()).isEqualTo(TokenKind.OPERATOR);
    }

    @Test
    void gives_only_what_it_has_and_is_told_what_it_lacks() {
        Instant end = NOW.plusSeconds(60);
        Token maker = issued(
                3,
                "maker",
                new Attributes(
                        Permissions.parse(List.of("tokens:*:create", "db:a:read")),
                        Origins.parse(List.of("10.0.0.0/8")),
                        NotBefore.of(NOW.minusSeconds(1)),
                        Owner.NONE,
                        Labels.NONE,
                        Routes.ANY),
                Expiry.at(end));
        Attributes within = new Attributes(
                Permissions.parse(List.of("db:a:read")),
                Origins.parse(List.of("10.1.0.0/16")),
                NotBefore.of(NOW),
                Owner.NONE,
                Labels.NONE,
                Routes.ANY);
        assertThat(maker.missingFor(issued(4, "x", within, Expiry.at(end)))).isEmpty();
        assertThat(maker.missingFor(issued(4, "x", within))).contains("not an expiry after " + end);
        assertThat(maker.missingFor(
                        issued(4, "x", within.with(Permissions.parse(List.of("db:b:read"))), Expiry.at(end))))
                .contains("not all of the permissions db:b:read");
        assertThat(maker.missingFor(issued(4, "x", edited(within, from("11.0.0.0/8")), Expiry.at(end))))
                .contains("only origins within 10.0.0.0/8");
        assertThat(maker.missingFor(issued(4, "x", edited(within, start(NOW.minusSeconds(2))), Expiry.at(end))))
                .contains("not a start before " + NOW.minusSeconds(1));
        Token now = Token.issued(
                new TokenId(5),
                new TokenName("y"),
                digest("y"),
                Description.NONE,
                Expiry.at(end),
                edited(within, start(NOW.minusSeconds(2))),
                OWNER,
                NOW);
        assertThat(maker.missingFor(now))
                .as("before it was created it could not be used either")
                .isEmpty();
    }

    private static AttributesEdit from(String... texts) {
        return new AttributesEdit(
                Optional.empty(),
                Optional.of(Origins.parse(List.of(texts))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static AttributesEdit start(Instant at) {
        return new AttributesEdit(
                Optional.empty(),
                Optional.empty(),
                Optional.of(NotBefore.of(at)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Attributes edited(Attributes attributes, AttributesEdit edit) {
        return edit.appliedTo(attributes);
    }

    @Test
    void never_becomes_an_admin_token() {
        var all = new AttributesEdit(
                Optional.of(Rights.ALL),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> all.appliedTo(CI.attributes()))
                .hasMessage("a resource token cannot become an admin token: create an admin token instead");
        assertThat(all.appliedTo(Attributes.ADMIN)).isEqualTo(Attributes.ADMIN);
    }

    @Test
    void an_edit_is_reduced_to_what_it_changes() {
        Attributes before = new Attributes(
                Permissions.parse(List.of("db:a:read")),
                Origins.parse(List.of("::1")),
                NotBefore.of(NOW),
                new Owner("me"),
                Labels.parse(List.of("a=b")),
                Routes.parse(List.of("* a.test/**")));
        var same = new AttributesEdit(
                Optional.of(before.rights()),
                Optional.of(before.from()),
                Optional.of(before.notBefore()),
                Optional.of(before.owner()),
                Optional.of(before.labels()),
                Optional.of(before.routes()));
        assertThat(same.changing(before)).isEqualTo(AttributesEdit.NONE);
        assertThat(same.changing(Attributes.ADMIN)).isEqualTo(same);
        assertThat(same.isEmpty()).isFalse();
        assertThat(AttributesEdit.NONE.isEmpty()).isTrue();
    }
}
