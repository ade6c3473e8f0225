"""Issue notices, find people, and work with the ledger."""
