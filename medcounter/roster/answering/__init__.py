"""Assess a whole list, each combination of facts once, and add it up."""
