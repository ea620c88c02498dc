-- What a browser is trusted with. A merchant may demand that its backend names the lines of each order,
-- so that nothing that a page said of its cart counts.
ALTER TABLE custom_checkout ADD COLUMN order_lines_required BOOLEAN NOT NULL DEFAULT FALSE;

-- The web pages that may call for a merchant from a browser: its own list, beside the installation's.
CREATE TABLE allowed_origin (
    merchant_id BIGINT NOT NULL REFERENCES merchant (id),
    origin TEXT NOT NULL,
    PRIMARY KEY (merchant_id, origin),
    CONSTRAINT allowed_origin_length CHECK (length(origin) BETWEEN 1 AND 255)
){clustered};
