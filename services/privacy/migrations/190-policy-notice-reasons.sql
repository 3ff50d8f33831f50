-- Why nobody can tell them of a changed policy: nothing is held of them any more, nothing of it leads to them, or all that is kept is a consent by a hash.
alter table policy_notice
  add column unreachable_because text check (unreachable_because in ('nothing-held', 'no-address', 'consent-only'));
