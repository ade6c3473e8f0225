"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "1bc3491e0d2d5b7fcaf075a405e93f0bedf56d131dfab7f163dee0e69eceee1f"
