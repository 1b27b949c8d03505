"""Widgets: they show what a view-model says and call it; no rule about tenders lives here."""
