"""The content of a notice as records: sentences and figures."""
