"""Recover from trouble: self-check, restore, emergency ledger."""
