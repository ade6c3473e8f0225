"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "fffe45f4a2da2380a625d2612e2049158eeea687a20d84e7a9351087201e6e1f"
