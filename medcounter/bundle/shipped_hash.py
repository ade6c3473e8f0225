"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "b549956791e2836d34300edca3dd4b09ab2cf30ef709172050071ed9b7063fbf"
