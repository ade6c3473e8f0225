"""Talk to the rest of the machine: another running copy, a card reader."""
