"""Open a data folder: first start, finding the key, watching the open ledger."""
