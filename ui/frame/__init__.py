"""The frame around every view: top bar, alert bar, action bar."""
