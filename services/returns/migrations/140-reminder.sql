-- When the customer of a return is reminded that the day to send the goods has passed. Returns of before are not: nobody is reminded of
-- what may have been settled long ago.
alter table return add column remind_from timestamptz;
create index return_by_reminder on return (remind_from) where remind_from is not null;
