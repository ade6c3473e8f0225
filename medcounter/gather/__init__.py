"""Ledgers of several desks brought together; each stays as its desk sealed it."""
