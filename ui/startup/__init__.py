"""Open the desk at start-up, and offer ways out when it cannot be opened."""
