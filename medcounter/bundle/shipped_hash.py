"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "63215dba2da7ab8997fcfe24b140bcd29895653dc3221e1a11cce058d26b8500"
