"""The verbs that a storefront sees: GraphQL root fields, a few lines each."""
