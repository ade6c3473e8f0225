"""Combine the ledgers of several desks; each stays as its desk sealed it."""
