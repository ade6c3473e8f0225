"""A document shown as a form, and what is typed there put back into it."""
