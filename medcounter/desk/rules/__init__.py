"""Take in new rules, say whose signatures count, and list what is covered."""
