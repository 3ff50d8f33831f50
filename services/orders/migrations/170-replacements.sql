-- Units that replace defective ones are taken out of stock, and put back when nothing was sent.
alter table stock_change drop constraint stock_change_reason_check;
alter table stock_change add constraint stock_change_reason_check check (reason in
  ('opened', 'received', 'counted', 'damaged', 'lost', 'returned', 'other', 'replacement', 'replacement-stopped'));
