"""Reusable parts that know no screen and no view-model."""
