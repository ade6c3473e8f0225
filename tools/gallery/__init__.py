"""Pictures of every view, state, theme and size, for people to look at.

``python -m tools.gallery`` types its way to each scene through the real
window, offscreen, and writes PNG and an index. It judges nothing: tests do.
"""
