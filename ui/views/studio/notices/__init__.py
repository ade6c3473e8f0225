"""The notice beside its rules: files put in, looked at, taken out."""
