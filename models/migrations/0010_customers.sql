-- Who a customer is, beyond a name: a birthday, what was merged into it, and that it was forgotten.

-- "1990-04-23", or "04-23" where the year is nobody's business.
ALTER TABLE customer ADD COLUMN birthday TEXT
    CONSTRAINT customer_birthday CHECK (birthday IS NULL OR length(birthday) IN (5, 10));
-- When to look next at what is given for being here and for a birthday.
ALTER TABLE customer ADD COLUMN awards_due_at BIGINT;
CREATE INDEX customer_awards_due ON customer (awards_due_at, merchant_id, id) WHERE awards_due_at IS NOT NULL;
-- The customer was forgotten; the row stays, for its journal to have an owner.
ALTER TABLE customer ADD COLUMN erased_at BIGINT;

-- Whether others were merged into the customer: then an order may be one of theirs.
ALTER TABLE customer ADD COLUMN has_guests BOOLEAN NOT NULL DEFAULT FALSE;

-- With a predicate that only a search by external id fulfils: for a table that was never analysed,
-- and has grown wide, PostgreSQL would take this index for a search by id as well.
DROP INDEX customer_by_external_id;
CREATE UNIQUE INDEX customer_by_external_id ON customer (merchant_id, external_id) WHERE external_id IS NOT NULL;

-- What a customer was known by before it was merged into another one. The shop's own systems may
-- go on to use these; a shopper's token of an old external id opens nothing.
CREATE TABLE customer_alias (
    merchant_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    source_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, kind, value),
    CONSTRAINT customer_alias_kind CHECK (kind IN ('external_id', 'phone', 'email')),
    CONSTRAINT customer_alias_other CHECK (customer_id <> source_id)
){clustered};
CREATE INDEX customer_alias_by_customer ON customer_alias (merchant_id, customer_id);

-- Of a lot that a merge brought: the customer and the number that it came in with, so that an order
-- can still find the points that it earned.
ALTER TABLE lot ADD COLUMN from_customer BIGINT;
ALTER TABLE lot ADD COLUMN from_number BIGINT;
