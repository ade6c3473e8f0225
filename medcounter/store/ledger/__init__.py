"""Notices, days and people in the ledger; search and filters."""
