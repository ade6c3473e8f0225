"""The main job played by keys through the real window, for a first look.

Types as a clerk does; reads the answer off the screen, never from the core.
"""
