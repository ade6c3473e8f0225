"""What the window does for the ledger's safety beside the clerk's work."""
