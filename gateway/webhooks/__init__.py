"""Webhooks to the outside: what is said, how it is signed, where it may go, and when again."""
