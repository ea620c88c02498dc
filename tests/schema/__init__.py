"""The published contract: what it must hold, and that it says so."""
