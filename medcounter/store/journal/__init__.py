"""Write every event in one chain under a key, and say how far it was read back."""
