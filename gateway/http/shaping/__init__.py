"""Plain objects made into JSON by functions prepared once for each document.

See docs/adr/0013-prepared-execution.md.
"""
