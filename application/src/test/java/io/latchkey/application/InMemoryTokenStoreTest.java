package io.latchkey.application;

final class InMemoryTokenStoreTest implements TokenStoreContract {
    private final TokenStore store = new InMemoryTokenStore();

    @Override
    public TokenStore store() {
        return store;
    }

    @Override
    public TokenStore another() {
        return store;
    }
}
