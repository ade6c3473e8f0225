"""Issue notices, find people again, and work with the ledger."""
