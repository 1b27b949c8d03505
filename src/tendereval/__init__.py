"""Evaluate public tenders offline; this package root holds the version and nothing else."""

__version__ = "0.1.0"
