-- What a sales document says, as it was issued: its lines, who bought, and when the goods left (bokføringsforskriften § 5-1-1). It
-- stays, whatever is corrected in the order later. Documents of before have none and are told from their order.
alter table sales_document add column lines jsonb;          -- [{kind, reference, name, quantity, rate, gross, vat}] in minor units
alter table sales_document add column buyer jsonb;          -- {kind, name, organisationNumber, email, billingAddress, shippingAddress}
alter table sales_document add column delivered_on date;    -- in Europe/Oslo; null when nothing had left
