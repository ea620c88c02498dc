"""Real clients against the real command: what storefronts use finds the door open."""
