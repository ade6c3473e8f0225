"""Open an encrypted SQLite file, run transactions, apply migrations."""
