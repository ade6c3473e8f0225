"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "69cc39a64559ee36ac5101ab3148947e3e686ad1a65ea91daa75f92d1322cac3"
