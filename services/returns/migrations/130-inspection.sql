-- A return may wait for a look at the goods, and for a person to judge what was found.
alter table return drop constraint return_awaits_check;
alter table return add constraint return_awaits_check
  check (awaits in ('units', 'verdict', 'inspection', 'assessment', 'payment'));
