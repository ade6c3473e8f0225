"""Open an encrypted SQLite file, write in one way, and bring it to its shape."""
