"""The merchant console: its pages, and the door by which staff come in."""
