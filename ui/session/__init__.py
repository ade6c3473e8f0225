"""The state of the counter's form: people, undo, issuing, search."""
