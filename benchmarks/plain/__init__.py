"""The same preview and apply written the usual way, to compare with.

Strawberry's own Starlette integration and Tortoise, row by row, as a good developer writes it from
their documentation. It keeps what the gateway keeps: account, lots, redemption, journal and
idempotency record, in one locked transaction for each apply.
"""
