-- What a merchant wants to know of its days: what the ledger does not keep, and sums of what it does.
-- `day` is whole days since 1970-01-01 on the merchant's own calendar.

-- A checkout that was previewed: a row for each customer, cart and day. Written some seconds later,
-- for many at a time; the last few may be lost with a process.
CREATE TABLE checkout_seen (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    cart_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    redeemable BOOLEAN NOT NULL,      -- whether points could be redeemed, at any time of that day
    available_points BIGINT NOT NULL, -- this and the next two: as of the last preview
    total_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,   -- the best that points would have given
    previews BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, cart_id, day),
    CONSTRAINT checkout_seen_amounts CHECK (
        available_points >= 0 AND total_minor >= 0 AND discount_minor >= 0 AND previews > 0
    ),
    CONSTRAINT checkout_seen_times CHECK (first_at <= last_at)
){clustered}{hot};

-- What came of the calls that concern redemptions.
CREATE TABLE call_count (
    merchant_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    call TEXT NOT NULL,
    done BIGINT NOT NULL,
    refused BIGINT NOT NULL,          -- for a reason of the caller's or of the rules
    failed BIGINT NOT NULL,           -- for ours
    PRIMARY KEY (merchant_id, day, call),
    CONSTRAINT call_count_not_negative CHECK (done >= 0 AND refused >= 0 AND failed >= 0)
){clustered}{hot};

CREATE TABLE support_ticket (
    merchant_id BIGINT NOT NULL,
    reference TEXT NOT NULL,          -- the help desk's own
    day BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, reference),
    CONSTRAINT support_ticket_reference CHECK (length(reference) BETWEEN 1 AND 255)
){clustered};
CREATE INDEX support_ticket_by_day ON support_ticket (merchant_id, day);

-- One day of one customer, with all that were merged into it. Made from the ledger, and made again
-- whenever something of the customer changes. `*_before`: the day before on which it was the same,
-- -1 where there is none; NULL where it is not so on this day.
CREATE TABLE customer_figure (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    orders BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    redeemed_orders BIGINT NOT NULL,
    redeemed_total_minor BIGINT NOT NULL,
    repeat_orders BIGINT NOT NULL,
    repeat_paid_minor BIGINT NOT NULL,
    repeat_returned_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    discount_returned_minor BIGINT NOT NULL,
    issued_points BIGINT NOT NULL,
    spent_points BIGINT NOT NULL,
    returned_points BIGINT NOT NULL,
    checkouts BIGINT NOT NULL,
    able_checkouts BIGINT NOT NULL,
    able_completed BIGINT NOT NULL,
    buyer_before BIGINT,
    repeat_before BIGINT,
    redeemer_before BIGINT,
    PRIMARY KEY (merchant_id, customer_id, day)
){clustered};
CREATE INDEX customer_figure_by_day ON customer_figure (merchant_id, day);

-- The sums of it.
CREATE TABLE daily_figure (
    merchant_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    orders BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    redeemed_orders BIGINT NOT NULL,
    redeemed_total_minor BIGINT NOT NULL,
    repeat_orders BIGINT NOT NULL,
    repeat_paid_minor BIGINT NOT NULL,
    repeat_returned_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    discount_returned_minor BIGINT NOT NULL,
    issued_points BIGINT NOT NULL,
    spent_points BIGINT NOT NULL,
    returned_points BIGINT NOT NULL,
    checkouts BIGINT NOT NULL,
    able_checkouts BIGINT NOT NULL,
    able_completed BIGINT NOT NULL,
    buyers BIGINT NOT NULL,
    repeat_buyers BIGINT NOT NULL,
    redeemers BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, day)
){clustered};

-- How many customers there were on a day, by the day before on which they were there. So those of
-- any stretch of days are counted once each: those whose day before lies before the stretch.
CREATE TABLE daily_reach (
    merchant_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    day_before BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, kind, day, day_before),
    CONSTRAINT daily_reach_kind CHECK (kind IN ('BUYER', 'REPEAT', 'REDEEMER')),
    CONSTRAINT daily_reach_order CHECK (day_before < day AND customers > 0)
){clustered};

-- What is to be made again: customers, then days. Whoever takes a row holds it until it is made, so
-- nobody else makes the same at the same time, and what changes meanwhile comes back.
CREATE TABLE figure_due (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id)
);
CREATE TABLE figure_day_due (
    merchant_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, day)
);
-- Up to when the ledger was looked through for what changed. One row, of no merchant.
CREATE TABLE figure_mark (
    merchant_id BIGINT PRIMARY KEY,
    read_until BIGINT NOT NULL
);

-- An order that moves no point leaves no event: what changed of orders is found by time. The ledger's
-- own statements never say that it was after 1970, and so keep away from this index.
CREATE INDEX customer_order_changed ON customer_order (updated_at) WHERE updated_at > 0;
