"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "3e847078eb39f34e0d5845147755eabbf1f702fe2cc02aa3bfb9a74bb0529ea4"
