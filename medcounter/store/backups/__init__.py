"""Make copies of the ledger that were opened and checked before they count."""
