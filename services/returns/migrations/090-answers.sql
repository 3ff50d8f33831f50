-- What a return waits for: a watcher calls a person when nobody answers, and believes a customer's word when it is time.
alter table return add column awaits text check (awaits in ('units', 'verdict', 'payment'));
alter table return add column awaits_since timestamptz;
alter table return add column believed_from timestamptz;
create index return_by_awaits on return (awaits_since) where awaits is not null;
create index return_by_believed on return (believed_from) where believed_from is not null;

-- A withdrawal of an earlier release from goods that had not left did not have them stopped. Orders is asked which of them had.
alter table return add column units_to_be_asked boolean not null default false;
create index return_by_units_to_be_asked on return (id) where units_to_be_asked;
update return set units_to_be_asked = true, awaits = 'units', awaits_since = now()
where status in ('declared', 'sent') and not state ? 'known' and not state ? 'refund'
  and not (state #> '{declared,goodsSent}')::boolean
  and not jsonb_path_exists(state, '$.declared.lines[*].unsent');
update return set awaits = 'units', awaits_since = declared_at
where status in ('declared', 'sent') and not state ? 'known' and not state ? 'refund'
  and jsonb_path_exists(state, '$.declared.lines[*].unsent ? (@ > 0)');
update return set awaits = 'payment', awaits_since = (state #>> '{refund,decidedAt}')::timestamptz
where status = 'refund-decided';
