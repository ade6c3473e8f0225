"""The commands themselves; each is imported when it is asked for."""
