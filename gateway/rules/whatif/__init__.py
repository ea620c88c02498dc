"""A rule that is not there yet, tried on carts of the past. Pure."""
