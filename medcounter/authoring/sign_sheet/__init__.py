"""The sheet for the wet signature, and the table that comes back with ticks."""
