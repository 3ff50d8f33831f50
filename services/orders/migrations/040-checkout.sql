-- Who asked for a quote, who alone can order from it. A quote of before has no name and is anybody's until it runs out.
alter table quote add column asked_by text;
