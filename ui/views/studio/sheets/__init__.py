"""The sheet for the wet signature: seen, printed, saved, and read back."""
