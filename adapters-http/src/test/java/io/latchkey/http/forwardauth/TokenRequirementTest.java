package io.latchkey.http.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenRequirementTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "ci-1 name=ci-1 true",
                "ci-1 name=ci false",
                "ci-1 name=* true",
                "ci-1 name=ci-* true",
                "ci-1 name=*-1 true",
                "ci-1 name=c*i*1 true",
                "ci-1 name=ci-1*ci-1 false",
                "aba name=ab*ba false",
                "abba name=ab*ba true",
                "abcbc name=a*b*bc true",
                "abc name=a*bc*c false",
                "abcabc name=*bca* true",
                "ci-1 name= false",
                "ci-1 name=web,ci-1 true",
                "ci-1 name=web,* true",
                "ci-1 name=web,cd false",
                "ci-1 name=ci-*&name=*-1 true",
                "ci-1 name=ci-*&name=* true",
                "ci-1 name=*&name=web false",
                "ci-1 name=%63i-1 true",
                "a*b name=a%2Ab true",
                "axb name=a%2Ab false",
                "a,b name=a%2Cb true",
                "a,b name=a,b false",
                "ü name=u%CC%88 true",
                "ü name=%ff false",
                "ci-1 name=%zz,ci-1 false",
                "ci-1 kind=named true",
                "ci-1 kind=operator false",
                "ci-1 kind=Named false",
                "ci-1 kind= false",
                "ci-1 kind=named&kind=named true",
                "ci-1 kind=operator&kind=named false",
                "ci-1 kind=named&kind=operator false",
                "ci-1 kind=named&name=web false",
                "_admin kind=operator true",
                "_admin kind=operator&name=_admin true",
                "_admin kind=named false",
                "ci-1 kind=admin false",
                "ci-1 kind=resource false",
                "ci-1 kind false",
                "ci-1 other=1&other true",
                "ci-1 nme=web true",
                "ci-1 strict true",
                "ci-1 strict& true",
                "ci-1 strict=false&nme=ci-1 false",
                "ci-1 strict&name=ci-* true",
                "ci-1 strict&name=web false",
                "ci-1 strict&kind=named&status=200 true",
                "ci-1 strict&nme=ci-* false",
                "ci-1 nme=ci-*&strict false",
                "ci-1 strict&Name=ci-* false",
                "ci-1 strict&%6eame=ci-* false",
                "ci-1 strict&name=ci-*&page=2 false",
                "ci-1 strict&path=/x?a=1&b=2 true",
                "ci-1 strict&name=ci-*&path=/x?a=1&b=2&name=web&kind=operator true",
                "ci-1 strict&name=web&path=/x&name=ci-* false",
                "ci-1 path=/x&strict&b=2 false",
            })
    void every_requirement_must_be_met(String name, String query, boolean met) {
        assertThat(TokenRequirement.of(query).isMetBy(token(name))).isEqualTo(met);
    }

    @Test
    void a_plus_in_a_pattern_is_a_space() {
        assertThat(TokenRequirement.of("name=a+b").isMetBy(token("a b"))).isTrue();
    }

    @Test
    void a_yes_is_a_204_unless_a_200_is_asked_for() {
        assertThat(TokenRequirement.of("").success().status().code()).isEqualTo(204);
        assertThat(TokenRequirement.of("status=201").success().status().code()).isEqualTo(204);
        assertThat(TokenRequirement.of("status=200").success().status().code()).isEqualTo(200);
        assertThat(TokenRequirement.of("status=200&path=/x?a=1&status=204")
                        .success()
                        .status()
                        .code())
                .isEqualTo(200);
    }

    @Test
    void a_requirement_beyond_the_limits_is_never_met() {
        Token token = token("ci-1");
        int patterns = TokenRequirement.MOST_PATTERNS;
        int length = TokenRequirement.LONGEST_PATTERN;
        for (String within : new String[] {
            "name=" + "ci-1,".repeat(patterns - 1) + "x",
            "name=ci-1&".repeat(patterns),
            "kind=named&".repeat(patterns),
            "name=ci-1," + "x".repeat(length),
            "name=ci-1," + "%63".repeat(length),
            "name=*" + "*".repeat(length - 1)
        }) {
            assertThat(TokenRequirement.of(within).isMetBy(token)).as(within).isTrue();
        }
        for (String beyond : new String[] {
            "name=" + "ci-1,".repeat(patterns) + "ci-1",
            "name=ci-1&".repeat(patterns + 1),
            "kind=named&".repeat(patterns + 1),
            "name=ci-1," + "x".repeat(length + 1),
            "name=ci-1," + "%63".repeat(length + 1),
            "name=" + "*".repeat(length + 1)
        }) {
            assertThat(TokenRequirement.of(beyond).isMetBy(token)).as(beyond).isFalse();
        }
    }

    @Test
    void caches_only_short_requirements() {
        var last = new RequirementCache();
        String longest = "name=" + "x".repeat(RequirementCache.LONGEST_KEPT - 5);
        assertThat(last.of("/?" + longest)).isSameAs(last.of("/?" + longest));
        assertThat(last.of("/?" + longest + "x")).isNotSameAs(last.of("/?" + longest + "x"));
        assertThat(last.of("/")).isSameAs(TokenRequirement.NONE);
        assertThat(last.of("/?" + longest.substring(1))).isNotEqualTo(last.of("/?" + longest));
    }

    private static Token token(String name) {
        try (var authority = new TokenAuthority(new InMemoryTokenStore(), InstantSource.system(), new SecureRandom())) {
            var owner = authority.actingAs(new Actor.FileOwner());
            var tokenName = new TokenName(name);
            if (tokenName.equals(TokenName.OPERATOR)) {
                owner.tokens().createOperator();
            } else {
                owner.tokens().createNamed(tokenName, Lifetime.UNLIMITED, Description.NONE);
            }
            return owner.tokens().find(tokenName);
        }
    }
}
