"""The rules in use and the newest accepted roots."""
