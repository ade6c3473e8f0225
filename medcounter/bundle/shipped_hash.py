"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "9f723f7519bdcf75ac31c062aa9d3fa9fb05bae68b41b50a8891d1de2a04995d"
