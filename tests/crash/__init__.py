"""Crashes of the real server under load."""
