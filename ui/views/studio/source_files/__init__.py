"""The announcement beside its rules: files put in, looked at, taken out."""
