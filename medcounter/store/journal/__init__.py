"""The journal: every event in one keyed chain, and how far it was verified."""
