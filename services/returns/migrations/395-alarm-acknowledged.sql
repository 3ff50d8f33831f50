-- Who looks into an alarm, and since when; of an alarm that nobody took on, neither is known.
alter table alarm add column acknowledged_at timestamptz;
alter table alarm add column acknowledged_by text;
alter table alarm add constraint alarm_acknowledged_by_somebody check ((acknowledged_at is null) = (acknowledged_by is null));
