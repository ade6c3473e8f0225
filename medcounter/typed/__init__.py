"""Reads what people type: text, dates, answers; judges nothing."""
