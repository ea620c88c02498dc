"""The tables: what the migrations make, and what the models say of it."""
