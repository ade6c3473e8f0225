"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "4b6a728582cacf4ecd6086bdb756196c08645e1f7b7e317a95dfc4a6d24823f7"
