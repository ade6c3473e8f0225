"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "8a5545db944ee4e44fcd00e57c2d2255f57356074e03d2959c6872931abaf7d0"
