"""The auditors' copy of the ledger: masked, under a key of its own."""
