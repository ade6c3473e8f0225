"""Put a backup in the ledger's place without a number used twice or a void lost."""
