"""Write the ledger as a file for an auditor, and verify one without its key."""
