"""Loyalty Gateway: preview, reserve and settle loyalty points at the moment of paying."""

__version__ = "0.1.0"
