"""The country's places by six-digit code: their names and how they are spelled."""
