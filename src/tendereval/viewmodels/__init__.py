"""What each screen shows and lets people do, with QtCore only; no widget, no rule, no SQL."""
