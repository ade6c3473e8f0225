"""From drafts to what they come to, for one person or a household."""
