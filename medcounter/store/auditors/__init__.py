"""What auditors may see of a ledger, kept beside it under a key of their own."""
