-- What a cart was besides its total, so that a rule which is not there yet can be tried on it. Kept
-- for some weeks; NULL before this was noted, after that time, and where a customer was forgotten.
ALTER TABLE checkout_seen ADD COLUMN tier TEXT;
-- The customer's, as a JSON list; NULL: nothing is kept of the cart any more.
ALTER TABLE checkout_seen ADD COLUMN tags TEXT;
-- [[product, minor units, quantity, [collections]], …] as JSON; NULL where the cart had none, or too many.
ALTER TABLE checkout_seen ADD COLUMN lines TEXT
    CONSTRAINT checkout_seen_lines CHECK (lines IS NULL OR length(lines) <= 8000);
CREATE INDEX checkout_seen_kept ON checkout_seen (merchant_id, day, customer_id)
    WHERE tags IS NOT NULL;
