"""A scripted store over a simulated year, and an independent recomputation of what it came to."""
