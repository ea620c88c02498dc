-- Webhooks to the outside: where a merchant wants its events, and what became of each delivery.

-- Secrets are encrypted. After a rotation both sign until `previous_until`. An endpoint that was
-- deleted stays as long as its deliveries are kept, without its secrets.
CREATE TABLE webhook_endpoint (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    events TEXT NOT NULL,
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until BIGINT,
    enabled BOOLEAN NOT NULL,
    disabled_reason TEXT,
    failing_since BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT webhook_endpoint_url CHECK (length(url) BETWEEN 1 AND 2000),
    CONSTRAINT webhook_endpoint_disabled CHECK (enabled = (disabled_reason IS NULL)),
    CONSTRAINT webhook_endpoint_reason CHECK (disabled_reason IN ('BY_HAND', 'GONE', 'FAILING', 'DELETED')),
    CONSTRAINT webhook_endpoint_rotated CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
){clustered};

-- One event for one endpoint. `next_attempt_at` is when it is due, and while it is being sent the
-- time at which others may take it: a worker that died is made up for.
CREATE TABLE webhook_delivery (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    endpoint_id BIGINT NOT NULL,
    message_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer_id BIGINT,
    position BIGINT,
    number BIGINT,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at BIGINT,
    log TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT webhook_delivery_state CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
    CONSTRAINT webhook_delivery_due CHECK ((state = 'PENDING') = (next_attempt_at IS NOT NULL)),
    CONSTRAINT webhook_delivery_finished CHECK ((state = 'PENDING') = (finished_at IS NULL)),
    CONSTRAINT webhook_delivery_attempts CHECK (attempts >= 0)
){hot};
CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (merchant_id, endpoint_id, message_id);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (merchant_id, endpoint_id, next_attempt_at, id)
    WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (merchant_id, endpoint_id, id);
-- All that was told of one customer, to take its name out when it is erased.
CREATE INDEX webhook_delivery_of_customer ON webhook_delivery (merchant_id, customer_id, id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX webhook_delivery_undone ON webhook_delivery (merchant_id, endpoint_id, id)
    WHERE state IN ('FAILED', 'CANCELLED');
CREATE INDEX webhook_delivery_old ON webhook_delivery (finished_at) WHERE finished_at IS NOT NULL;
