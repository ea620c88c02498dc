-- Rate limits that several processes share. What is in here may be lost at any time: a bucket that
-- is not there is full. {unlogged} keeps it out of PostgreSQL's write-ahead log.

CREATE{unlogged} TABLE rate_bucket (
    merchant_id BIGINT NOT NULL, -- 0 where a limit concerns no merchant
    key BIGINT NOT NULL,         -- a keyed digest of the limit and of whom it is for
    full_at_ns BIGINT NOT NULL,  -- when the bucket is full again, in nanoseconds since 1970, UTC
    granted BIGINT NOT NULL,     -- units that were taken by whoever came last; 0: none
    PRIMARY KEY (merchant_id, key)
);
