"""How a view, its session, its papers and the window hang together."""
