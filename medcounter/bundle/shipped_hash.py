"""Hash of the bundle that ships; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "01e41a4dd392ceab39cc7373c7dda54a5675f93db0ab9c668c5013393bade2f7"
