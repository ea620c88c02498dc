-- SQLite does not see that `external_id = ?` lies in an index of those that are not null, as no row
-- may be: it went through all customers of the merchant. PostgreSQL has to keep that condition. Before
-- the next ones: of two indexes that seem alike, SQLite takes the younger.
{sqlite}DROP INDEX customer_by_external_id;
{sqlite}CREATE UNIQUE INDEX customer_by_external_id ON customer (merchant_id, external_id);

-- Customers as staff look for them: by the beginning of the external id, and by that of the number
-- that it ends with, so that "10001" finds "custom_website-10001". In the order of bytes: in the order
-- of a language PostgreSQL could find no beginning. Whoever was merged, forgotten or made up for a
-- trial is not in them. The queries repeat these conditions word by word.
CREATE INDEX customer_listed_by_external_id ON customer (merchant_id, external_id{bytewise})
    WHERE merged_into IS NULL AND erased_at IS NULL AND NOT sandbox;
CREATE INDEX customer_listed_by_number ON customer
    (merchant_id, (substr(external_id, length(rtrim(external_id, '0123456789')) + 1)){bytewise}, id)
    WHERE merged_into IS NULL AND erased_at IS NULL AND NOT sandbox
    AND rtrim(external_id, '0123456789') <> '' AND rtrim(external_id, '0123456789') <> external_id;
