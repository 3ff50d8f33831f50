-- What the staff says of a hindrance is told to the customer in their words, who may be named in them: it goes as other notes do.
-- The only way in which a told event changes: what is personal in it is blanked, and nothing else. `fields`: by the name of the event, the
-- paths. Answers of how many events anything went.
create or replace function erase_events(aggregate_ids uuid[], fields jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  blanked bigint;
  is_young boolean;
begin
  if exists (
    select from jsonb_each(fields) each (event, paths), jsonb_array_elements(paths) path
    where path ->> 0 is distinct from 'personal' and event || '.' || array_to_string(array(select jsonb_array_elements_text(path)), '.')
      not in ('ConfirmationBounced.cause', 'ShipmentHeld.cause', 'ShipmentHeld.holds.cause', 'ParcelReported.place',
        'DeliveryHindered.what')
  ) then
    raise exception 'Only what is personal in an event is blanked.' using errcode = 'restrict_violation';
  end if;
  with gone as (
    update outbox set data = erased_in(data, fields -> type)
    where aggregate_id = any(aggregate_ids) and fields ? type and data is distinct from erased_in(data, fields -> type)
    returning stored_at)
  -- So long an event may be in the stream (libs/messaging/retention.ts: REDELIVERED_FOR_DAYS).
  select count(*), coalesce(bool_or(stored_at > clock_timestamp() - interval '28 days'), false) into blanked, is_young from gone;
  if is_young then update stream_erasure set erased_at = clock_timestamp(); end if;
  return blanked;
end $$;
