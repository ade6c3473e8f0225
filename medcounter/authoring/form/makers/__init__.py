"""Whole cards that the form adds, with everything derived in them."""
