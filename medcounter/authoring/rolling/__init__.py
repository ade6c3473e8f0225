"""Last year's rules rolled forward, each figure kept, shifted or asked."""
