"""What a draft means, beside its form: the year, the residents, the warnings."""
