"""The ledger: search, filters, and actions on a notice."""
