"""What the tests share: small registries, servers, stores, a browser."""
