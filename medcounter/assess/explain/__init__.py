"""Explain an answer: its derivation, its doubts, and what would change it."""
