-- Short words by which the staff finds orders and cases again: of an order (`about` is its id) or of one of its cases.
create table tag (
  about uuid not null,
  word text not null,
  order_id uuid not null,
  tagged_at timestamptz not null,
  tagged_by text not null,
  primary key (about, word)
);
create index tag_by_word on tag (word, order_id);
create index tag_by_order on tag (order_id);
