-- The statements of a status have an index in their order, and the first of them are found without sorting all. On a large table it is made beforehand (docs/how-to/migration.md).
create index if not exists statement_answer_in_order on statement_answer (status, statement_id);
