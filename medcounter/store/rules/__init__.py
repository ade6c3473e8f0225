"""Keep the rules a hall works from, and the newest roots it accepted."""
