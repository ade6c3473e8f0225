"""Compute the outcome of a draft, for one person or a household."""
