"""Answer what a resident pays, how long benefits wait, and why, without a screen.

The rooms tell the story: rules become an assessment, an assessment becomes
a notice, the store keeps both, the desk offers them as plain calls. Nothing
here imports Qt or the window.
"""
