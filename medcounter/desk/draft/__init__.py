"""The form as typed: parsing, saving, carrying over from an earlier notice."""
