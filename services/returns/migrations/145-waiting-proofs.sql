-- Proofs of sending that wait for a person's verdict, by when their refund is due: when they are believed, or since when they were shown.
-- Generated, so that a version of before keeps it right too. Moments are RFC 3339 in UTC, which sort as text to the second.
alter table return add column proof_due text generated always as (
  case when state ? 'proof' and not (state -> 'proof') ? 'verdict' and not state ?| array['refund', 'closed', 'receivedAt']
    then coalesce(state #>> '{proof,paysFrom}', state #>> '{proof,shownAt}') end) stored;
create index return_by_proof_due on return (proof_due, id) where proof_due is not null;
