"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "c593a75035042b43ab822ef1fba441a06fffeaddb22e0bdb85c72e927dad63f6"
