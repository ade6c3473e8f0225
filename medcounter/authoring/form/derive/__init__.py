"""What follows from what an author says: sentences, standing, order of rules."""
