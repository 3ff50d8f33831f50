-- To whom personal data were given because a court, an authority or the law asked for it, and whether people were told before.
create table disclosure (
  id uuid primary key,
  controller text not null,
  disclosed_at timestamptz not null,
  told_before boolean not null,
  personal jsonb not null                            -- to whom, what and on which ground, in the words of the staff, and who that is
);
create index disclosure_newest on disclosure (controller, disclosed_at desc, id desc);
