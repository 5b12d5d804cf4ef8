"""The HTTP side: webhooks, health, and in dev what the phone needs. Thin: it verifies, stores, hands over."""
