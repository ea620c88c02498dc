-- How customers earn points: rules with a row per version, and a merchant's settings beside them.
CREATE TABLE earning_rule (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    current BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    points BIGINT NOT NULL,
    per_minor BIGINT NOT NULL,
    tier_multiplied BOOLEAN NOT NULL,
    minimum_order_minor BIGINT NOT NULL,
    product_ids TEXT NOT NULL,
    collection_ids TEXT NOT NULL,
    excluded_product_ids TEXT NOT NULL,
    excluded_collection_ids TEXT NOT NULL,
    tiers TEXT NOT NULL,
    tags TEXT NOT NULL,
    starts_at BIGINT,
    ends_at BIGINT,
    expiry_seconds BIGINT,
    created_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (merchant_id, id, version),
    CONSTRAINT earning_rule_kind CHECK (kind IN ('ORDER', 'FIRST_ORDER', 'CAMPAIGN', 'SIGN_UP', 'BIRTHDAY')),
    CONSTRAINT earning_rule_points CHECK (points BETWEEN 1 AND 9007199254740991),
    CONSTRAINT earning_rule_rate CHECK (
        (kind = 'ORDER' AND per_minor BETWEEN 1 AND 9007199254740991) OR (kind <> 'ORDER' AND per_minor = 0)
    ),
    CONSTRAINT earning_rule_bounds CHECK (
        minimum_order_minor BETWEEN 0 AND 9007199254740991
        AND (starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at)
        AND (expiry_seconds IS NULL OR expiry_seconds > 0)
    )
);
CREATE UNIQUE INDEX earning_rule_current ON earning_rule (merchant_id, id) WHERE current;

-- One row a merchant, changed in place. NULL: points never expire; nobody is reminded.
CREATE TABLE earning_program (
    merchant_id BIGINT PRIMARY KEY REFERENCES merchant (id),
    return_window_seconds BIGINT NOT NULL,
    expiry_seconds BIGINT,
    reminder_seconds BIGINT,
    tier_measure TEXT NOT NULL,
    tiers TEXT NOT NULL,
    excluded_product_ids TEXT NOT NULL,
    excluded_collection_ids TEXT NOT NULL,
    CONSTRAINT earning_program_seconds CHECK (
        return_window_seconds >= 0
        AND (expiry_seconds IS NULL OR expiry_seconds > 0)
        AND (reminder_seconds IS NULL OR reminder_seconds > 0)
    ),
    CONSTRAINT earning_program_measure CHECK (tier_measure IN ('POINTS_EARNED', 'AMOUNT_SPENT'))
);
-- What a program version of before has, as it is read: at once, for a year, two weeks of notice.
INSERT INTO earning_program
    SELECT id, 0, 31536000, 1209600, 'POINTS_EARNED', '[]', '[]', '[]' FROM merchant;
