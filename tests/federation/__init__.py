"""The gateway as a subgraph: what a router asks of it, over HTTP."""
