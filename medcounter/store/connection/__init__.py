"""Hold the one open database file, and see that it is still the one at its path."""
