"""How much a caller may ask for in a time: buckets, in memory or shared between processes."""
