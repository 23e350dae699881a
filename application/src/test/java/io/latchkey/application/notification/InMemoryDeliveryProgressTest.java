package io.latchkey.application.notification;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.TokenStore;

final class InMemoryDeliveryProgressTest implements DeliveryProgressContract {
    private final TokenStore store = new InMemoryTokenStore();
    private final DeliveryProgress delivered = new InMemoryDeliveryProgress(store);

    @Override
    public DeliveryProgress delivered() {
        return delivered;
    }

    @Override
    public DeliveryProgress another() {
        return delivered;
    }

    @Override
    public TokenStore store() {
        return store;
    }
}
