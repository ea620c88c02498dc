"""The HTTP door: what a client sees of it, and what holds its parts together."""
