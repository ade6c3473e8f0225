"""Card readers: those that type like a keyboard, and those behind a bridge."""
