"""Who is at the counter now, and what becomes of them."""
