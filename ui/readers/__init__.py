"""Card readers: those that act as a keyboard, and those behind a bridge."""
