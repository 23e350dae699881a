package io.latchkey.application;

final class InMemoryTokenStoreTest implements TokenStoreContract {
    private final InMemoryTokenStore store = new InMemoryTokenStore();

    @Override
    public TokenStore store() {
        return store;
    }

    @Override
    public TokenStore another() {
        return store;
    }

    @Override
    public TokenStore elsewhere() {
        return new InMemoryTokenStore();
    }

    @Override
    public TokenStore opened(byte[] copy) {
        return store.of(copy);
    }
}
