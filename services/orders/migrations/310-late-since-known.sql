-- Orders that 290 has looked at once may have been looked at by an instance of before, which leaves the day out and is not asked again.
-- The day of the order stands in for the promised one, and the list reads from the order which that was, until it is looked at or changes.
update orders set late_since = (placed_at at time zone 'Europe/Oslo')::date, delay_check_at = now()
where status in ('formed', 'dispatched') and state ? 'delayTold' and late_since is null;
