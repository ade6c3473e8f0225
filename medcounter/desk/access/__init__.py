"""Sign-in: who is at the desk, what they may do, and how it is set up."""
