"""Tests of GraphiQL as a person meets it: the demo, and a real browser without a window."""
