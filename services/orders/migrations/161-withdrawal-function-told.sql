-- A confirmation tells a consumer of the withdrawal function: that it did, in which words and on which page, is kept like its documents.
alter table mail_document drop constraint mail_document_kind_check;
alter table mail_document add constraint mail_document_kind_check
  check (kind in ('terms', 'withdrawal-form', 'withdrawal-function'));
alter table mail_document add column page text;
