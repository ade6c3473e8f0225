"""Take in new rules, decide whose signatures count, list what is covered."""
