"""Export the ledger as an audit file; verify one without the ledger's key."""
