"""What a shop sends about its orders, read: pure functions from a delivery to facts.

No I/O, no clock, no database: the time and all earlier deliveries come in as arguments.
"""
