"""What tests stand on: real servers and small helpers."""
