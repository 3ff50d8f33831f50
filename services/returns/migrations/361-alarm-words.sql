-- What people wrote of alarms that are about no order, by when it goes.
create index alarm_with_words on alarm (resolved_at)
  where order_id is null and resolved_by is not null and resolution <> 'erased';
