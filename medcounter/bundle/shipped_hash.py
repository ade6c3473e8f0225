"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "fb89019fffe5f6f713700a35d1d46fbb8ba322dab5cad8ae14fa904638e682bb"
