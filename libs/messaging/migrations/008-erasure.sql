-- What is personal in rows and events is blanked where it stands, so that facts stay what they were.

-- A value without what it says of a person, in the same shape: a text says that it is erased, a list of texts is empty. Which country,
-- of which kind and at which moment are facts; a telephone number, which has to look like one, goes with its field. The same as
-- `erased` of libs/contracts/erased.ts.
create function erased(value jsonb, field text) returns jsonb language plpgsql immutable parallel safe as $$
begin
  return case jsonb_typeof(value)
    when 'object' then coalesce(
      (select jsonb_object_agg(key, erased(inner_value, key)) from jsonb_each(value) each (key, inner_value) where key <> 'phone'),
      '{}')
    when 'array' then coalesce(
      (select jsonb_agg(erased(item, field) order by n)
       from jsonb_array_elements(value) with ordinality each (item, n) where jsonb_typeof(item) <> 'string'),
      '[]')
    when 'string' then case
      when field in ('country', 'kind') or value #>> '{}' ~ '^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$' then value
      else '"erased"'
    end
    else value
  end;
end $$;

-- The same of what stands at a path, in every item of the lists on the way. What is not there stays so.
create function erased_at(value jsonb, path text[], field text default '') returns jsonb
language plpgsql immutable parallel safe as $$
begin
  if cardinality(path) = 0 then return erased(value, field); end if;
  if jsonb_typeof(value) = 'array' then
    return coalesce(
      (select jsonb_agg(erased_at(item, path, field) order by n) from jsonb_array_elements(value) with ordinality each (item, n)),
      '[]');
  end if;
  if jsonb_typeof(value) <> 'object' or not value ? path[1] then return value; end if;
  return value || jsonb_build_object(path[1], erased_at(value -> path[1], path[2:], path[1]));
end $$;

-- `paths` is a JSON list of lists of names; an empty list is the whole value.
create function erased_in(value jsonb, paths jsonb) returns jsonb language plpgsql immutable parallel safe as $$
declare
  path jsonb;
begin
  for path in select each from jsonb_array_elements(paths) each loop
    value := erased_at(value, array(select jsonb_array_elements_text(path)));
  end loop;
  return value;
end $$;

-- Orders of which personal data were erased here, until when what of them is kept: what comes late is heard without what is personal.
create table erased_order (
  order_id uuid primary key,
  erasure_id uuid not null,                          -- the last one
  erased_at timestamptz not null,
  keeps text[] not null                              -- what was not erased yet
);

-- Whether the stream may hold what was blanked in the log: it is filled anew then. One row, apart from the relay's, which is busy.
create table stream_erasure (
  id smallint primary key default 1 check (id = 1),
  erased_at timestamptz,                             -- when events that may be in it were blanked last; null once it was filled anew
  rebuilt_at timestamptz
);
insert into stream_erasure default values;

-- The only way in which a told event changes: what is personal in it is blanked, and nothing else. `fields`: by the name of the event, the
-- paths. Answers of how many events anything went.
create function erase_events(aggregate_ids uuid[], fields jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  blanked bigint;
  is_young boolean;
begin
  if exists (
    select from jsonb_each(fields) each (event, paths), jsonb_array_elements(paths) path
    where path ->> 0 is distinct from 'personal' and event || '.' || array_to_string(array(select jsonb_array_elements_text(path)), '.')
      not in ('ConfirmationBounced.cause', 'ShipmentHeld.cause', 'ShipmentHeld.holds.cause', 'ParcelReported.place')
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
revoke execute on function erase_events from public;
