"""The points ledger: one pure decision function, and two stores that lock, load and write sets."""
