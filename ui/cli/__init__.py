"""The commands that draw: they need Qt, but no screen."""
