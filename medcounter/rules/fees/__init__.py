"""What is paid, as answers of rules: items, formulas, aid, other years."""
