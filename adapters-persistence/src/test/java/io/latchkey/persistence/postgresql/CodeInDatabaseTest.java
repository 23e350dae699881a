package io.latchkey.persistence.postgresql;

import io.latchkey.application.OwnerCodes;
import io.latchkey.application.OwnerCodesContract;

final class CodeInDatabaseTest implements OwnerCodesContract {
    private final OwnerCodes codes = PostgresTokenStore.codes(Postgres.database());

    @Override
    public OwnerCodes codes() {
        return codes;
    }
}
