-- People of a merchant who sign in to the console, and what they changed.

CREATE TABLE staff (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    id BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    failed_tries BIGINT NOT NULL,
    locked_until BIGINT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT,
    disabled_at BIGINT,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT staff_role CHECK (role IN ('OWNER', 'MANAGER', 'SUPPORT')),
    CONSTRAINT staff_email CHECK (length(email) BETWEEN 3 AND 254),
    CONSTRAINT staff_tries CHECK (failed_tries >= 0)
);
CREATE UNIQUE INDEX staff_by_email ON staff (merchant_id, email);
-- Who signs in gives an address and no merchant.
CREATE INDEX staff_at_the_door ON staff (email);

-- One browser that is signed in. `token_hash` is SHA-256: the token has 256 random bits.
CREATE TABLE staff_session (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    token_hash TEXT NOT NULL,
    staff_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, token_hash),
    CONSTRAINT staff_session_hash CHECK (length(token_hash) = 64),
    CONSTRAINT staff_session_times CHECK (created_at <= seen_at AND created_at < expires_at)
){clustered};
CREATE INDEX staff_session_by_staff ON staff_session (merchant_id, staff_id);
CREATE INDEX staff_session_by_expiry ON staff_session (expires_at);

-- A link by which somebody chooses a password, once: when invited, and after forgetting it.
CREATE TABLE staff_invitation (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    token_hash TEXT NOT NULL,
    staff_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (merchant_id, token_hash),
    CONSTRAINT staff_invitation_hash CHECK (length(token_hash) = 64),
    CONSTRAINT staff_invitation_kind CHECK (kind IN ('INVITE', 'RESET')),
    CONSTRAINT staff_invitation_times CHECK (created_at < expires_at)
){clustered};
CREATE INDEX staff_invitation_by_staff ON staff_invitation (merchant_id, staff_id);

-- What was changed, by whom, in the transaction of the change. Only ever added to. `before` and
-- `after` are JSON objects from field to text; a field that is in one alone was added or removed.
CREATE TABLE audit_log (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT audit_log_actor CHECK (
        (actor_kind = 'SYSTEM' AND actor_id IS NULL)
        OR (actor_kind IN ('STAFF', 'KEY') AND actor_id IS NOT NULL)
    )
){clustered};
