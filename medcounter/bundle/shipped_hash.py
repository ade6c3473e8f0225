"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "f611145a8dd1f8f9621f8e902d3e893867a796922e5d7242371a898b10d24543"
