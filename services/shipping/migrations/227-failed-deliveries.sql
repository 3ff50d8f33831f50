-- Whether the delivery of a shipment has failed is told once it is known: of which version that was done. Whatever has another one is looked
-- at, whichever instance wrote it.
alter table shipment add failure_version int;
create index shipment_failure_untold on shipment (requested_at) where failure_version is distinct from version
  and (status in ('refused', 'uncollected', 'returned', 'lost', 'damaged') or state ? 'failed'
    or (status = 'delivered' and state ? 'damages'));
-- What failed long ago has been seen to without this: nobody is written of it today.
update shipment set failure_version = version where requested_at < now() - interval '60 days'
  and (status in ('refused', 'uncollected', 'returned', 'lost', 'damaged') or (status = 'delivered' and state ? 'damages'));
-- The work list, by its day, and what calls for a person at once.
create index shipment_failed on shipment ((state #>> '{failed,dueOn}'), id)
  where state ? 'failed' and not (state -> 'failed') ? 'ended';
create index shipment_doubted on shipment (requested_at) where status = 'delivered' and state ? 'doubts';

-- What was reported and does not hold any more, and what the carrier said to the claim.
alter table damage_report
  add ended_at timestamptz,
  add ended text,                                    -- arrived, or reported-otherwise
  add seen_to_at timestamptz,                        -- of what was settled and arrived: a person has seen to it
  add answer text,                                   -- accepted, refused or paid
  add amount bigint,
  add currency text,
  add answered_at timestamptz;
create index damage_report_arrived on damage_report (ended_at)
  where ended = 'arrived' and settled is not null and seen_to_at is null;
create index damage_report_claimed on damage_report (claimed_at)
  where claimed_at is not null and ended_at is null and (answer is null or answer = 'accepted');
