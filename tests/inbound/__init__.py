"""Tests of the pure readers of deliveries."""
