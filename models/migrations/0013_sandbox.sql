-- Customers of the gateway's own, on whom the setup is tried before it goes live. They count in no
-- figure: see gateway/services/sandbox.py for the condition that leaves them out.
ALTER TABLE customer ADD COLUMN sandbox BOOLEAN NOT NULL DEFAULT FALSE;
-- Until when a run has the customer; 0: it is free, and has nothing.
ALTER TABLE customer ADD COLUMN sandbox_until BIGINT
    CONSTRAINT customer_sandbox_until CHECK (sandbox_until IS NULL OR sandbox);
CREATE INDEX customer_sandbox ON customer (merchant_id, id) WHERE sandbox;
