"""Make backups of the ledger, each opened and verified before it counts."""
