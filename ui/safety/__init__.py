"""Background work for the ledger's safety, beside the clerk's work."""
