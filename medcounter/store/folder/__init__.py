"""The paths in a data folder, its lock, and whether a ledger is safe there."""
