"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "4f54064870cd9e77fa778c248f91cb963008cbc937c7d8c3a9019d7a4471231a"
