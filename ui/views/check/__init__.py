"""The self-check, made to be read out over the phone."""
