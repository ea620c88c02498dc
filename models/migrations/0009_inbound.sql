-- What shops tell of their orders: from which shop it may come, and every delivery as it came.

CREATE TABLE order_source (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    id BIGINT NOT NULL,
    name TEXT NOT NULL,             -- the last part of its address
    kind TEXT NOT NULL,
    secret TEXT NOT NULL,           -- encrypted under the secret key of the installation
    previous_secret TEXT,           -- the one before, encrypted too; works until:
    previous_until BIGINT,
    create_customers BOOLEAN NOT NULL,
    customer_prefix TEXT NOT NULL,  -- goes before the shop's ids
    order_prefix TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT order_source_kind CHECK (kind IN ('GENERIC', 'SHOPIFY', 'WOOCOMMERCE', 'COMMERCETOOLS')),
    CONSTRAINT order_source_name CHECK (length(name) BETWEEN 1 AND 40),
    CONSTRAINT order_source_previous CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
){clustered};
CREATE UNIQUE INDEX order_source_by_name ON order_source (merchant_id, name);

-- Not clustered: a body may be far longer than a page of SQLite. A delivery is due while it waits, its
-- time has come, and no worker has it: a worker has it until `claimed_until`, or until it says so.
CREATE TABLE inbox (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    source_id BIGINT NOT NULL,
    delivery_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    order_id TEXT,                  -- as the shop writes it; NULL until it was read
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    claimed_until BIGINT,
    last_error TEXT,
    keep_until BIGINT NOT NULL,     -- when it may be forgotten, once it is settled
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT inbox_state CHECK (state IN ('WAITING', 'DONE', 'DEAD', 'IGNORED')),
    CONSTRAINT inbox_delivery_id CHECK (length(delivery_id) BETWEEN 1 AND 255),
    CONSTRAINT inbox_attempts CHECK (attempts >= 0),
    CONSTRAINT inbox_claimed CHECK (claimed_until IS NULL OR state = 'WAITING')
){hot};
CREATE UNIQUE INDEX inbox_by_delivery ON inbox (merchant_id, source_id, delivery_id);
CREATE INDEX inbox_by_order ON inbox (merchant_id, source_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX inbox_by_state ON inbox (merchant_id, state, id);
CREATE INDEX inbox_due ON inbox (next_attempt_at) WHERE state = 'WAITING';
CREATE INDEX inbox_waiting ON inbox (received_at) WHERE state = 'WAITING';
CREATE INDEX inbox_dead ON inbox (received_at) WHERE state = 'DEAD';
CREATE INDEX inbox_settled ON inbox (keep_until) WHERE state IN ('DONE', 'IGNORED');
