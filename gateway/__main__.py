"""`python -m gateway` is `loyalty`."""

from gateway.cli import main

main()
