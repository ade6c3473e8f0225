"""Hash of the shipped bundle; written by tools/build_bundle.py."""

SHIPPED_SHA256 = "41aa8253a4f1445c3020dc486ad2fb365617c2552d487a323e71f665eb0f1dca"
