"""Write a place's rules from its notice: drafts, the form, what it means."""
