"""The nouns that a storefront sees: GraphQL types, inputs and payloads."""
