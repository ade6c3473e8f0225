"""Keep the ledger safe through the day: backups, alerts, terms, the log."""
