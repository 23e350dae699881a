package io.latchkey.application;

final class InMemoryDeliveredNoticesTest implements DeliveredNoticesContract {
    private final TokenStore store = new InMemoryTokenStore();
    private final DeliveredNotices delivered = new InMemoryDeliveredNotices(store);

    @Override
    public DeliveredNotices delivered() {
        return delivered;
    }

    @Override
    public DeliveredNotices another() {
        return delivered;
    }

    @Override
    public TokenStore store() {
        return store;
    }
}
