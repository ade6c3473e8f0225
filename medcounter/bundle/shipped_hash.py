"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "c9818810e6dd0826aa85ddf6fa2a73eed803b80590ab71e96f6ec6c8970da36d"
