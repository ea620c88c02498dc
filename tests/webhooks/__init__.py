"""Outbound webhooks: from an event to a receiver on a real socket."""
