"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "8af703621927bf1b5d776c18cba6c63285c090ed8ec9be8e47c2704a23bda214"
