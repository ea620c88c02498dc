-- An order whose redemption was given back whole may be paid again: only what stands is unique.
-- The ledger's queries repeat this condition word by word, so that the index serves them.
DROP INDEX redemption_captured_by_order;
CREATE UNIQUE INDEX redemption_captured_by_order ON redemption (merchant_id, customer_id, order_id)
    WHERE status = 'CAPTURED'
    AND captured_points + captured_credits_minor > refunded_points + refunded_credits_minor;
-- What a customer has paid with, by time: the last one, or those of the last minute.
CREATE INDEX redemption_captured_by_time ON redemption (merchant_id, customer_id, closed_at, id)
    WHERE status = 'CAPTURED';
