"""Reach other things on this machine: a first copy of the program, a card reader."""
