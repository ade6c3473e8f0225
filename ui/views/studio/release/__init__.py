"""Release of a draft: handed over by one, looked through and signed by two."""
