"""What crosses the wire: GraphQL over HTTP, probes, limits."""
