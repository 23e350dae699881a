package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseDiagnosis;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.InMemoryOwnerCodes;
import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ManualClock;
import io.latchkey.application.OwnerCodes;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.StoreEngine;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenStores;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** One store in memory, whatever file is asked for; copies are remembered, and nothing comes of restoring them. */
final class FakeFiles implements DatabaseFiles, TokenStores {
    private static final DatabaseFiles REAL =
            ServiceLoader.load(DatabaseFiles.class).findFirst().orElseThrow();

    private final InMemoryTokenStore store;
    private final ManualClock clock;
    private final Map<Path, Copy> copies = new HashMap<>();

    FakeFiles(InMemoryTokenStore store, ManualClock clock) {
        this.store = store;
        this.clock = clock;
    }

    static void touch(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TokenStore open(StoreLocation location) {
        return store;
    }

    @Override
    public OwnerCodes codes(StoreLocation location) {
        return new InMemoryOwnerCodes();
    }

    @Override
    public StoreEngine engine() {
        return new StoreEngine("SQLite", "3.99.0", 2);
    }

    @Override
    public LedgerCheck.Whole copy(StoreLocation from, StoreLocation to, Existing existing) {
        if (to instanceof StoreLocation.File(Path file)) {
            if (Files.exists(file)) {
                throw new AuthorityUnavailable(file + " already exists: give the name of a new file");
            }
            touch(file);
        }
        return (LedgerCheck.Whole) store.check(Optional.empty());
    }

    /** What is wrong with a file, its name tells. */
    @Override
    public DatabaseDiagnosis diagnose(Path file) {
        String name = file.getFileName().toString();
        return new DatabaseDiagnosis(
                name.contains("older") ? 1 : name.contains("newer") ? 3 : 2,
                name.contains("long-log") ? 99L << 20 : 0,
                name.contains("damaged") ? List.of("row 3 missing from index", "page 7 is never used") : List.of(),
                Optional.of(clock.instant().plusSeconds(name.contains("future") ? 60 : 0)),
                name.contains("forged") ? OptionalLong.of(17) : OptionalLong.empty(),
                name.contains("forged") ? 2 : 0,
                Optional.empty(),
                name.contains("mixed")
                        ? Optional.of("one belongs to user root, and the other to user web")
                        : Optional.empty());
    }

    @Override
    public List<TokenName> names(Path file, String prefix, int most) {
        if (Files.notExists(file)) {
            throw new AuthorityUnavailable("there is no file " + file);
        }
        return store.snapshot().tokens().stream()
                .map(Token::name)
                .filter(name -> name.value().startsWith(prefix))
                .sorted(Comparator.comparing(TokenName::value))
                .limit(most)
                .toList();
    }

    @Override
    public void refuseOutput(Path output, Path database) {
        REAL.refuseOutput(output, database);
    }

    @Override
    public void refuseDatabase(Path output) {
        REAL.refuseDatabase(output);
    }

    @Override
    public LedgerCheck.Whole backUp(Path file, Path copy, Existing existing) {
        refuseExisting(copy, existing);
        return keep(copy);
    }

    /** Of what was sent, only that it came is of interest. */
    @Override
    public LedgerCheck.Whole backUp(Supplier<StoreBackup> source, Path copy, Existing existing) {
        refuseExisting(copy, existing);
        try (StoreBackup sent = source.get()) {
            sent.content().transferTo(OutputStream.nullOutputStream());
            return keep(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseExisting(Path copy, Existing existing) {
        if (existing == Existing.KEPT && copies.containsKey(copy)) {
            throw new AuthorityUnavailable(copy + " already exists: replace it with --force");
        }
    }

    private LedgerCheck.Whole keep(Path copy) {
        var whole = (LedgerCheck.Whole) store.check(Optional.empty());
        copies.put(copy, new Copy(store.instanceId(), whole, store.snapshot()));
        return whole;
    }

    @Override
    public Copy examine(Path copy) {
        if (!copies.containsKey(copy)) {
            throw new AuthorityUnavailable("there is no file " + copy);
        }
        return copies.get(copy);
    }

    @Override
    public void restore(Path copy, Path file, Existing existing) {
        touch(file);
    }
}
