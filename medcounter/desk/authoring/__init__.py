"""Writing rules at a desk: drafts opened, changed, tried and released."""
