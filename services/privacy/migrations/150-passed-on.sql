-- A request about data that an organisation decides about is open until the organisation has it (GDPR Art. 28(3)(e)).
alter table request
  drop constraint request_status_check,
  add constraint request_status_check
    check (status in ('open', 'waiting-for-identity', 'to-pass-on', 'answered', 'refused', 'passed-on'));
