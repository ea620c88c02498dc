"""Rate limits: the bucket alone, shared between processes, and as callers meet them."""
