"""What a clerk typed, as typed: read, kept, carried from an earlier notice."""
