"""The metrics of a merchant, on stories."""
