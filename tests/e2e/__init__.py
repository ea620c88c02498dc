"""The whole product over real HTTP, on both engines, as a storefront sees it."""
