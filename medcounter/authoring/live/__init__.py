"""What a draft means: the year's strip, sample residents, warnings."""
