"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "06646cdef9f33d6ac37242537b2255096b63543c1afc3f7e76cc3b2680e98ebe"
