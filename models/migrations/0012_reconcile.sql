-- Redemptions by the time at which they were captured, or ran out, whoever's they are: to hold a
-- stretch of time against the orders. A row gets into one of them, once, when it is closed. That
-- it was closed after 1970 keeps the ledger's own statements, which never say so, away from them.
CREATE INDEX redemption_captured_at ON redemption (merchant_id, closed_at, id)
    WHERE status = 'CAPTURED' AND closed_at > 0;
CREATE INDEX redemption_expired_at ON redemption (merchant_id, closed_at, id)
    WHERE status = 'EXPIRED' AND closed_at > 0;
-- Orders that stand although their redemption could not be captured; few.
CREATE INDEX customer_order_refused ON customer_order (merchant_id, id) WHERE capture_refusal IS NOT NULL;
