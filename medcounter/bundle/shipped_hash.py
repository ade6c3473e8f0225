"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "b37a7e8b9ec4408d19cee48c6f759084b32d7c3db542e8f8e9f23743cb9d0ec8"
