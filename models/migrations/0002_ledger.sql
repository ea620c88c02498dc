-- What is too old is found without reading the rest. Both grow at their end only, and the records of
-- imports, which are kept for good, are left out.
CREATE INDEX idempotency_by_age ON idempotency (at) WHERE caller <> 'import';
CREATE INDEX outbox_by_age ON outbox (at);
