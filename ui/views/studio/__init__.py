"""Write a place's rules from its announcement: drafts, the form, what it means."""
