package io.latchkey.application;

final class InMemoryOwnerCodesTest implements OwnerCodesContract {
    private final OwnerCodes codes = new InMemoryOwnerCodes();

    @Override
    public OwnerCodes codes() {
        return codes;
    }
}
