"""Where everything lies in a data folder, and whether a ledger is safe there."""
