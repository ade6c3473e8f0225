"""How each record of the rule language is shown: its keys as fields and groups."""
