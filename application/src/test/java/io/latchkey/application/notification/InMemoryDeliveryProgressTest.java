package io.latchkey.application.notification;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.TokenStore;

final class InMemoryDeliveryProgressTest implements DeliveryProgressContract {
    private final TokenStore store = new InMemoryTokenStore();
    private final InMemoryDeliveryProgress delivered = new InMemoryDeliveryProgress(store);
    private final DeliveryProgress another = delivered.another();

    @Override
    public DeliveryProgress delivered() {
        return delivered;
    }

    @Override
    public DeliveryProgress another() {
        return another;
    }

    @Override
    public TokenStore store() {
        return store;
    }
}
