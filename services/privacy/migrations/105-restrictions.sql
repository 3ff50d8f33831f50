-- An objection to marketing is a word of its own by now: no other thing of the person's data is restricted by it.
insert into suppression (subject, purpose, controller, at, source)
select subject, 'all', controller, max(since), 'request' from restriction
where scope = 'marketing' and ended_at is null group by subject, controller
on conflict (subject, purpose) do update set at = excluded.at, source = excluded.source where suppression.at < excluded.at;
delete from restriction where scope = 'marketing';
-- No longer written. It goes in a later release, when nothing that runs reads it.
alter table restriction alter column scope set default 'everything';
-- The person asked for it: what is restricted is kept until that is lifted (GDPR Art. 18(1)(b)-(c)).
alter table restriction add column keeps boolean not null default false;
create index restriction_keeps on restriction (subject) where keeps and ended_at is null;
