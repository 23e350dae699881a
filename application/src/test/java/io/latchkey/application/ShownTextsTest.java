package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.application.node.DatabaseRisk;
import io.latchkey.application.recipe.Question;
import io.latchkey.application.recipe.Recipe;
import io.latchkey.application.table.AttributeColumn;
import io.latchkey.application.usage.MinuteVerdicts;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts and numbers that people are shown. */
final class ShownTextsTest {
    @Test
    void every_risk_recipe_and_question_has_its_own() {
        assertAllDiffer(Stream.of(DatabaseRisk.values()).map(DatabaseRisk::sentence));
        assertThat(DatabaseRisk.values()).noneMatch(risk -> risk.advice().isBlank());
        assertAllDiffer(Stream.of(Recipe.values()).map(Recipe::title));
        assertAllDiffer(Stream.of(Recipe.values()).map(Recipe::about));
        assertThat(Recipe.values()).noneMatch(recipe -> recipe.destination().isBlank());
        assertAllDiffer(Stream.of(Question.values()).map(Question::about));
        assertThat(Question.values()).noneMatch(question -> question.form().isBlank());
    }

    private static void assertAllDiffer(Stream<String> texts) {
        assertThat(texts.toList()).doesNotHaveDuplicates().noneMatch(String::isBlank);
    }

    @Test
    void a_condition_on_labels_is_shown_as_it_was_written() {
        for (String text : List.of("env", "env=prod", "env=")) {
            assertThat(LabelMatch.parse(text).text()).isEqualTo(text);
        }
    }

    @Test
    void a_column_says_what_is_not_usual() {
        Attributes resource = Attributes.ADMIN.with(Permissions.NONE);
        assertThat(AttributeColumn.ALL).noneMatch(column -> column.says(Attributes.ADMIN));
        assertThat(AttributeColumn.ALL.stream()
                        .filter(column -> column.says(resource))
                        .map(AttributeColumn::name))
                .containsExactly("permissions");
    }

    @Test
    void the_refusals_of_a_minute_are_those_of_known_and_unknown_secrets() {
        assertThat(new MinuteVerdicts(Instant.EPOCH, new UseCounts(5, 1, 1, 0, 0, 0, 0), 7, 3).refused())
                .isEqualTo(9);
    }

    @Test
    void the_first_entry_that_is_broken_is_named() {
        assertThat(firstBroken(new TokenStore.LedgerCheck.Broken(4, TokenStore.LedgerCheck.Flaw.EDITED)))
                .isEqualTo(4);
        assertThat(firstBroken(new TokenStore.LedgerCheck.Unexplained(4, Optional.of(TokenId.FIRST))))
                .isEqualTo(5);
        assertThat(firstBroken(new TokenStore.LedgerCheck.Truncated(4))).isEqualTo(-1);
    }

    private static long firstBroken(TokenStore.LedgerCheck check) {
        return new DelegatingStore(new InMemoryTokenStore()) {
            @Override
            public LedgerCheck check(Optional<LedgerHead> expected) {
                return check;
            }
        }.firstBroken().orElse(-1);
    }
}
