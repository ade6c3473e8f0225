"""Who may open the ledger: set-up, signing in, and the covered screen."""
