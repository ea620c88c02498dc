"""Use cases: one function each, between the GraphQL resolvers and the ledger."""
