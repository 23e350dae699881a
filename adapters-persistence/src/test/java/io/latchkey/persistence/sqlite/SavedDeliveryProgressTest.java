package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.notification.DeliveryProgress.Turn;
import io.latchkey.persistence.SavedProgressContract;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SavedDeliveryProgressTest extends SavedProgressContract {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("latchkey.db");
    }

    @Override
    protected ApplicationContext server() {
        return ApplicationContext.run(Map.of(SqliteBeans.FILE, file().toString()));
    }

    @Test
    void a_turn_is_not_written_each_time_that_it_is_asked_for() throws SQLException {
        assertThat(delivered().turn()).isEqualTo(Turn.TAKEN_OVER);
        String mark = "9999999999999";
        Fixtures.sql(file(), "UPDATE delivery_turn SET until = " + mark);
        assertThat(delivered().turn()).isEqualTo(Turn.MINE);
        assertThat(Fixtures.query(file(), "SELECT until FROM delivery_turn")).isEqualTo(mark);
    }
}
