"""Tests of the ledger: the pure decision, both stores, and the verification."""
