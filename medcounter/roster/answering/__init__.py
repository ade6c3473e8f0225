"""Assess a whole list, each combination of facts once, and total it."""
