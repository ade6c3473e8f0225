"""The ledger: searched, narrowed, and what may be done with a notice."""
