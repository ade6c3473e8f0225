"""What the rules in use cover, and taking in newer ones."""
