"""Find every fault of rules that can be read: names, references, figures, blanks."""
