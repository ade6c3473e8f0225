"""The self-check, to be read out on the phone."""
