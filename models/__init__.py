"""The nouns that the gateway keeps: Tortoise tables and their migrations."""
