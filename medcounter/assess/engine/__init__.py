"""Evaluate one case, question by question: window, identity, fee, wait, cover."""
