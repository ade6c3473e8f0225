"""Go on when something went wrong: self-check, restore, emergency ledger."""
