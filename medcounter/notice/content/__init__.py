"""What stands on a notice, as records: sentences and figures."""
