"""Routine safety of the ledger: backups, alerts, retention, practice, log."""
