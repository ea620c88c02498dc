-- The first schema, one text for both engines: only types and clauses that PostgreSQL and SQLite
-- share. {clustered} and {hot} are the two places where they differ (see models/migrate.py).
--
-- Conventions: every primary and unique key starts with the merchant, so that the tables can be
-- distributed by merchant; *_at are microseconds since the Unix epoch, UTC; *_minor are minor units
-- of the merchant's currency; *_bp are basis points. Ledger rows have no foreign keys to shared
-- rows: on the hot path they cost more than everything they check, and `loyalty verify` checks it.

CREATE TABLE merchant (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    locale TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    program_version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT merchant_currency CHECK (length(currency) = 3)
);

CREATE TABLE custom_checkout (
    merchant_id BIGINT PRIMARY KEY REFERENCES merchant (id),
    enabled BOOLEAN NOT NULL,
    minimum_payment_kind TEXT NOT NULL,
    minimum_payment_value BIGINT NOT NULL,
    hold_seconds BIGINT NOT NULL,
    quote_seconds BIGINT NOT NULL,
    refund_grace_seconds BIGINT NOT NULL,
    clawback_policy TEXT NOT NULL,
    CONSTRAINT custom_checkout_minimum_payment CHECK (
        (minimum_payment_kind = 'NONE' AND minimum_payment_value = 0)
        OR (minimum_payment_kind = 'FIXED' AND minimum_payment_value BETWEEN 1 AND 9007199254740991)
        OR (minimum_payment_kind = 'PERCENT' AND minimum_payment_value BETWEEN 1 AND 10000)
    ),
    CONSTRAINT custom_checkout_seconds CHECK (
        hold_seconds BETWEEN 60 AND 86400 AND quote_seconds BETWEEN 10 AND 86400 AND refund_grace_seconds >= 0
    ),
    CONSTRAINT custom_checkout_clawback CHECK (clawback_policy IN ('WITHIN_BALANCE', 'DEBT'))
);

CREATE TABLE program (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, version)
);

CREATE TABLE redemption_rule (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    current BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    points BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    percent_bp BIGINT NOT NULL,
    minimum_points BIGINT NOT NULL,
    maximum_discount_minor BIGINT,
    maximum_percent_bp BIGINT,
    minimum_cart_minor BIGINT NOT NULL,
    cart_multiplier_bp BIGINT,
    product_ids TEXT NOT NULL,
    collection_ids TEXT NOT NULL,
    tiers TEXT NOT NULL,
    tags TEXT NOT NULL,
    starts_at BIGINT,
    ends_at BIGINT,
    priority BIGINT NOT NULL,
    minimum_payment_kind TEXT,
    minimum_payment_value BIGINT,
    created_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (merchant_id, id, version),
    CONSTRAINT redemption_rule_kind CHECK (
        kind IN ('VARIABLE_AMOUNT', 'FIXED_AMOUNT', 'VARIABLE_PERCENT', 'FIXED_PERCENT')
    ),
    CONSTRAINT redemption_rule_step CHECK (
        points > 0 AND minimum_points >= 0 AND minimum_cart_minor >= 0
        AND ((kind IN ('VARIABLE_AMOUNT', 'FIXED_AMOUNT') AND discount_minor > 0 AND percent_bp = 0)
             OR (kind IN ('VARIABLE_PERCENT', 'FIXED_PERCENT') AND discount_minor = 0
                 AND percent_bp BETWEEN 1 AND 10000))
    ),
    CONSTRAINT redemption_rule_bounds CHECK (
        (maximum_discount_minor IS NULL OR maximum_discount_minor > 0)
        AND (maximum_percent_bp IS NULL OR maximum_percent_bp BETWEEN 1 AND 10000)
        AND (cart_multiplier_bp IS NULL OR cart_multiplier_bp >= 10000)
        AND (starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at)
    ),
    -- A CHECK passes where it is NULL: so both or none must be given, before they are compared.
    CONSTRAINT redemption_rule_minimum_payment CHECK (
        (minimum_payment_kind IS NULL) = (minimum_payment_value IS NULL)
        AND (minimum_payment_kind IS NULL
             OR (minimum_payment_kind = 'NONE' AND minimum_payment_value = 0)
             OR (minimum_payment_kind = 'FIXED' AND minimum_payment_value > 0)
             OR (minimum_payment_kind = 'PERCENT' AND minimum_payment_value BETWEEN 1 AND 10000))
    )
);
CREATE UNIQUE INDEX redemption_rule_current ON redemption_rule (merchant_id, id) WHERE current;

CREATE TABLE credential (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    public_value TEXT,
    hint TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    last_used_at BIGINT,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT credential_kind CHECK (kind IN ('PUBLISHABLE', 'SECRET_WEBHOOK', 'ADMIN')),
    CONSTRAINT credential_secret CHECK (length(secret_hash) = 64 AND (public_value IS NULL OR kind = 'PUBLISHABLE'))
);
CREATE UNIQUE INDEX credential_hash ON credential (merchant_id, secret_hash);

CREATE TABLE signing_key (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    kid TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    issuer TEXT NOT NULL,
    material TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (merchant_id, kid),
    CONSTRAINT signing_key_algorithm CHECK (algorithm IN ('HS256', 'ES256'))
);

CREATE TABLE customer (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    external_id TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    tier TEXT,
    tags TEXT NOT NULL,
    locale TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT customer_external_id CHECK (length(external_id) BETWEEN 1 AND 255)
);
CREATE UNIQUE INDEX customer_by_external_id ON customer (merchant_id, external_id);
CREATE UNIQUE INDEX customer_by_phone ON customer (merchant_id, phone) WHERE phone IS NOT NULL;
CREATE UNIQUE INDEX customer_by_email ON customer (merchant_id, email) WHERE email IS NOT NULL;

CREATE TABLE account (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    wallet TEXT NOT NULL,
    available BIGINT NOT NULL,
    held BIGINT NOT NULL,
    pending BIGINT NOT NULL,
    debt BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    clock BIGINT NOT NULL,
    next_due_at BIGINT,
    expiry_at BIGINT,
    expiry_points BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, wallet),
    CONSTRAINT account_wallet CHECK (wallet IN ('COINS', 'CREDITS')),
    CONSTRAINT account_not_negative CHECK (
        available >= 0 AND held >= 0 AND pending >= 0 AND debt >= 0 AND sequence >= 0 AND expiry_points >= 0
    ),
    CONSTRAINT account_exact CHECK (available + held + pending <= 9007199254740991)
){clustered}{hot};
CREATE INDEX account_due ON account (next_due_at) WHERE next_due_at IS NOT NULL;

CREATE TABLE lot (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    wallet TEXT NOT NULL,
    number BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    pending BIGINT NOT NULL,
    available BIGINT NOT NULL,
    held BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    expired BIGINT NOT NULL,
    clawed_back BIGINT NOT NULL,
    available_from BIGINT NOT NULL,
    expires_at BIGINT,
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    open BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, wallet, number),
    CONSTRAINT lot_source CHECK (source IN ('GRANT', 'REFUND', 'IMPORT')),
    CONSTRAINT lot_not_negative CHECK (
        amount > 0 AND pending >= 0 AND available >= 0 AND held >= 0
        AND spent >= 0 AND expired >= 0 AND clawed_back >= 0
    ),
    CONSTRAINT lot_whole CHECK (amount = pending + available + held + spent + expired + clawed_back),
    CONSTRAINT lot_open CHECK (open = (pending + available + held > 0)),
    CONSTRAINT lot_window CHECK (expires_at IS NULL OR expires_at > available_from)
){clustered}{hot};
CREATE INDEX lot_open_by_customer ON lot (merchant_id, customer_id) WHERE open;

CREATE TABLE redemption (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    cart_id TEXT NOT NULL,
    status TEXT NOT NULL,
    points BIGINT NOT NULL,
    credits_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    eligible_minor BIGINT NOT NULL,
    rule_id BIGINT,
    rule_version BIGINT,
    program_version BIGINT NOT NULL,
    captured_points BIGINT NOT NULL,
    captured_credits_minor BIGINT NOT NULL,
    captured_discount_minor BIGINT NOT NULL,
    refunded_points BIGINT NOT NULL,
    refunded_credits_minor BIGINT NOT NULL,
    order_id TEXT,
    order_total_minor BIGINT,
    close_reason TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (merchant_id, customer_id, id),
    CONSTRAINT redemption_status CHECK (status IN ('HELD', 'CAPTURED', 'RELEASED', 'EXPIRED')),
    CONSTRAINT redemption_amounts CHECK (
        points >= 0 AND credits_minor >= 0 AND points + credits_minor > 0
        AND discount_minor BETWEEN 1 AND total_minor
        AND captured_points BETWEEN 0 AND points
        AND captured_credits_minor BETWEEN 0 AND credits_minor
        AND captured_discount_minor BETWEEN 0 AND discount_minor
        AND refunded_points BETWEEN 0 AND captured_points
        AND refunded_credits_minor BETWEEN 0 AND captured_credits_minor
    ),
    CONSTRAINT redemption_closed CHECK ((status = 'HELD') = (closed_at IS NULL)),
    CONSTRAINT redemption_captured CHECK (
        (status = 'CAPTURED' AND order_id IS NOT NULL AND order_total_minor IS NOT NULL
         AND captured_points + captured_credits_minor > 0)
        OR (status <> 'CAPTURED' AND order_id IS NULL AND captured_points + captured_credits_minor = 0)
    )
){clustered}{hot};
-- One order takes one redemption: each is judged against the whole of the order.
CREATE UNIQUE INDEX redemption_captured_by_order ON redemption (merchant_id, customer_id, order_id)
    WHERE status = 'CAPTURED';
CREATE UNIQUE INDEX redemption_held_by_cart ON redemption (merchant_id, customer_id, cart_id) WHERE status = 'HELD';

CREATE TABLE redemption_lot (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    redemption_id BIGINT NOT NULL,
    wallet TEXT NOT NULL,
    lot_number BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    captured BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (merchant_id, customer_id, redemption_id, wallet, lot_number),
    CONSTRAINT redemption_lot_amounts CHECK (
        amount >= 0 AND captured BETWEEN 0 AND amount AND refunded BETWEEN 0 AND captured
    )
){clustered}{hot};

CREATE TABLE journal (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    wallet TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    points BIGINT NOT NULL,
    lot_number BIGINT,
    redemption_id BIGINT,
    reason TEXT,
    at BIGINT NOT NULL,
    available_after BIGINT NOT NULL,
    held_after BIGINT NOT NULL,
    pending_after BIGINT NOT NULL,
    debt_after BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, wallet, sequence),
    CONSTRAINT journal_points CHECK (points > 0 AND source <> target AND sequence > 0),
    CONSTRAINT journal_not_negative CHECK (
        available_after >= 0 AND held_after >= 0 AND pending_after >= 0 AND debt_after >= 0
    )
){clustered};

CREATE TABLE idempotency (
    merchant_id BIGINT NOT NULL,
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    accepted BOOLEAN NOT NULL,
    customer_id BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, caller, key)
);

CREATE TABLE outbox (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    redemption_id BIGINT,
    caller TEXT,
    key TEXT,
    payload TEXT NOT NULL,
    at BIGINT NOT NULL,
    delivered_at BIGINT,
    PRIMARY KEY (merchant_id, customer_id, position)
){clustered};
