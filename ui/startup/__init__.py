"""The way to an open desk, and what is offered when it does not open."""
