package io.latchkey.persistence.sqlite;

import io.latchkey.application.OwnerCodes;
import io.latchkey.persistence.jdbc.Database;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Micronaut beans for a server with an SQLite file; the property {@value #FILE} is its path. */
@Factory
@Requires(property = SqliteBeans.FILE)
final class SqliteBeans {
    static final String FILE = "latchkey.database";

    @Singleton
    Database database(@Property(name = FILE) String file) {
        return new SqliteDatabase(new SqliteFile(Path.of(file)));
    }

    @Singleton
    OwnerCodes ownerCodes(@Property(name = FILE) String file) {
        return new CodeBesideDatabase(Path.of(file));
    }
}
