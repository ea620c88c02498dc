-- Orders that earn and take points, and what a customer's year of them comes to.

-- A lot may come from an order, an award or a merged customer, and its points may move to the
-- customer that its own was merged into. SQLite cannot alter a CHECK, so both engines build anew.
CREATE TABLE lot_next (
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
    moved BIGINT NOT NULL,
    available_from BIGINT NOT NULL,
    expires_at BIGINT,
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    open BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, wallet, number),
    CONSTRAINT lot_source CHECK (source IN ('GRANT', 'REFUND', 'IMPORT', 'EARN', 'AWARD', 'MERGE')),
    CONSTRAINT lot_not_negative CHECK (
        amount > 0 AND pending >= 0 AND available >= 0 AND held >= 0
        AND spent >= 0 AND expired >= 0 AND clawed_back >= 0 AND moved >= 0
    ),
    CONSTRAINT lot_whole CHECK (
        amount = pending + available + held + spent + expired + clawed_back + moved
    ),
    CONSTRAINT lot_open CHECK (open = (pending + available + held > 0)),
    CONSTRAINT lot_window CHECK (expires_at IS NULL OR expires_at > available_from)
){clustered}{hot};
INSERT INTO lot_next
    SELECT merchant_id, customer_id, wallet, number, amount, pending, available, held, spent, expired,
        clawed_back, 0, available_from, expires_at, source, created_at, open
    FROM lot;
DROP TABLE lot;
ALTER TABLE lot_next RENAME TO lot;
CREATE INDEX lot_open_by_customer ON lot (merchant_id, customer_id) WHERE open;

-- Several events may stand at one position of a customer: one that moved nothing has a number of
-- its own. What was handed over to its deliveries has `delivered_at`, and only that is ever purged.
CREATE TABLE outbox_next (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    redemption_id BIGINT,
    caller TEXT,
    key TEXT,
    payload TEXT NOT NULL,
    at BIGINT NOT NULL,
    delivered_at BIGINT,
    PRIMARY KEY (merchant_id, customer_id, position, number)
){clustered};
INSERT INTO outbox_next
    SELECT merchant_id, customer_id, position, 0, kind, redemption_id, caller, key, payload, at, delivered_at
    FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (at) WHERE delivered_at IS NULL;
CREATE INDEX outbox_delivered ON outbox (at) WHERE delivered_at IS NOT NULL;

-- A customer is reminded of points that are about to expire: when next, and up to which expiry
-- that was done.
ALTER TABLE account ADD COLUMN remind_at BIGINT;
ALTER TABLE account ADD COLUMN reminded_until BIGINT;

-- One order as its events tell it, in whatever order they came. What it took and gave is derived
-- from what is known: completed or not yet, given back so far. Written by the ledger alone.
CREATE TABLE customer_order (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    order_id TEXT NOT NULL,
    id BIGINT NOT NULL,
    digest TEXT,
    total_minor BIGINT,
    paid_minor BIGINT,
    placed_at BIGINT,
    completed_at BIGINT,
    cancelled_at BIGINT,
    redemption_id BIGINT,
    capture_refusal TEXT,
    refunds TEXT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    earned_points BIGINT NOT NULL,
    clawed_points BIGINT NOT NULL,
    forgiven_points BIGINT NOT NULL,
    earnings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, order_id),
    CONSTRAINT customer_order_id CHECK (length(order_id) BETWEEN 1 AND 255),
    CONSTRAINT customer_order_amounts CHECK (
        (total_minor IS NULL OR total_minor >= 0) AND (paid_minor IS NULL OR paid_minor >= 0)
        AND refunded_minor >= 0 AND refunded_minor <= coalesce(paid_minor, 0)
        AND earned_points >= 0 AND clawed_points BETWEEN 0 AND earned_points
        AND forgiven_points BETWEEN 0 AND clawed_points
    ),
    CONSTRAINT customer_order_completed CHECK (
        completed_at IS NULL OR (digest IS NOT NULL AND total_minor IS NOT NULL AND paid_minor IS NOT NULL
        AND placed_at IS NOT NULL)
    )
){clustered}{hot};
-- An id of our own, which grows with time: pages are cut by it.
CREATE UNIQUE INDEX customer_order_by_time ON customer_order (merchant_id, id);
-- After the other one: where PostgreSQL plans over an empty table, it takes the younger of two
-- indexes that seem alike, and the ledger keeps its plans.
CREATE UNIQUE INDEX customer_order_by_id ON customer_order (merchant_id, order_id);

CREATE TABLE customer_day (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    spent_minor BIGINT NOT NULL,
    earned_points BIGINT NOT NULL,
    orders BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, day),
    CONSTRAINT customer_day_not_negative CHECK (spent_minor >= 0 AND earned_points >= 0 AND orders >= 0)
){clustered}{hot};

-- What is given once for an occasion: 'SIGN_UP', 'BIRTHDAY:2026'.
CREATE TABLE award (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    occasion TEXT NOT NULL,
    rule_id BIGINT NOT NULL,
    points BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, occasion)
){clustered};

-- When the tier of a customer has to be looked at again, because days leave its rolling year.
ALTER TABLE customer ADD COLUMN tier_review_at BIGINT;
CREATE INDEX customer_tier_review ON customer (tier_review_at) WHERE tier_review_at IS NOT NULL;
-- Whom a customer was merged into: it is asked about whatever comes for this one.
ALTER TABLE customer ADD COLUMN merged_into BIGINT;
CREATE INDEX customer_merged ON customer (merchant_id, merged_into) WHERE merged_into IS NOT NULL;

-- What an order took, also where all of it was given back since, and by order alone: it may be
-- cancelled by someone who knows no customer.
CREATE INDEX redemption_by_order ON redemption (merchant_id, order_id, customer_id) WHERE order_id IS NOT NULL;
-- A hold that ran out is found by its cart, when its id was lost: the order was paid late.
CREATE INDEX redemption_expired_by_cart ON redemption (merchant_id, customer_id, cart_id, id)
    WHERE status = 'EXPIRED';

-- Whether lines of orders are demanded is part of the program from now on: no capture has to ask.
UPDATE program SET body = substr(body, 1, length(body) - 1) || ',"order_lines_required":true}'
    WHERE EXISTS (
        SELECT 1 FROM merchant m JOIN custom_checkout c ON c.merchant_id = m.id
        WHERE m.id = program.merchant_id AND m.program_version = program.version AND c.order_lines_required
    );
