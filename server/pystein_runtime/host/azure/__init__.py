"""The adapters over the Azure SDKs, for connections that mean a real account: one file per service, its `connect` makes it."""
