"""The parts of the window; each shows an outcome and says what the user did."""
