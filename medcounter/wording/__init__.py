"""Chinese wording for rules, doubts and differences, shared by all views."""
