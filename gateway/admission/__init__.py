"""Rate limits by caller: which buckets pay for a request, and where they are kept."""
