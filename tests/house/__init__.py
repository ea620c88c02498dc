"""Tests of the house itself: its layout, budgets and floors."""
