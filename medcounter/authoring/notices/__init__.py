"""The notices that rules were taken from, kept beside the draft by their hash."""
