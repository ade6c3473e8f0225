"""How the process that is given steered inputs tells its counts."""

import struct

COUNTS = struct.Struct("<3Q")
"""Inputs given, inputs accepted that must not be, exceptions without a sentence."""
