"""The rules of evaluation as frozen values and pure functions; knows no file, screen or clock."""
