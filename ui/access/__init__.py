"""Sign-in: set-up, signing in, and the lock screen."""
