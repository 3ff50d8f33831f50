-- Who bought stays on a sales document as long as bookkeeping keeps it, also when the order itself knows it no more: documents of before
-- buyers were kept are given theirs, as it would have been told until now.
alter table sales_document disable trigger sales_document_stays;
update sales_document document set buyer = jsonb_strip_nulls(jsonb_build_object(
    'kind', orders.state #> '{placed,customerKind}', 'name', orders.personal -> 'name',
    'organisationNumber', orders.personal -> 'organisationNumber', 'email', orders.personal -> 'email',
    'billingAddress', coalesce(orders.personal -> 'billingAddress', orders.personal -> 'shippingAddress'),
    'shippingAddress', orders.personal -> 'shippingAddress'))
  from orders where orders.id = document.order_id and document.buyer is null;
alter table sales_document enable trigger sales_document_stays;

-- A sales document stays as it was issued, but for its buyer, who is blanked once bookkeeping needs them no more.
create function sales_document_keeps() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.buyer = erased(old.buyer, '')
    -- A generated column has no value yet.
    and to_jsonb(new) - array['buyer', 'entry_kind'] = to_jsonb(old) - array['buyer', 'entry_kind'] then
    return new;
  end if;
  raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
end $$;
drop trigger sales_document_stays on sales_document;
create trigger sales_document_stays before update or delete on sales_document
  for each row execute function sales_document_keeps();
