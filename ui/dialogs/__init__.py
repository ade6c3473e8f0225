"""Windows that ask or tell one thing, are opened and never executed."""
