import type { Verdict } from '../audit.ts'
import type { Service } from '../databases.ts'

const FIRST_PAID = `(select seq from outbox where type = 'RefundDecided' and (data ->> 'amount')::bigint > 0 order by seq limit 1)`
/** Of a consumer who is in time by law, without an agreement: the last life of all. */
const REGRETTED = `(select seq from outbox where type = 'WithdrawalDeclared' and data ->> 'orderId' = '$REGRETTED')`
export type Planted = { service: Service; sql: string; undo: string; figure: keyof Verdict; times?: number }

/** What is planted in a year that is over, and what undoes it. `$REGRETTED`, `$NAME` and `$EMAIL` stand for somebody of that year. */
export const planted: Record<string, Planted> = {
  'a refund that was paid after its last day': {
    service: 'returns',
    sql: `create table planted as select * from outbox where seq = ${FIRST_PAID};
      update outbox set data = jsonb_set(data, '{dueOn}', '"2001-01-01"') where seq = ${FIRST_PAID}`,
    undo: 'update outbox set data = planted.data from planted where outbox.seq = planted.seq; drop table planted',
    figure: 'late',
  },
  'a refund that nobody decided though the goods are back': {
    service: 'returns',
    sql: `create table planted as select * from outbox where type in ('RefundDecided', 'ReturnClosed')
        and aggregate_id = (select aggregate_id from outbox refund where type = 'RefundDecided' and (data ->> 'amount')::bigint > 0
          and exists (select from outbox where aggregate_id = refund.aggregate_id and type = 'WithdrawalDeclared')
          and exists (select from outbox where aggregate_id = refund.aggregate_id and type = 'ReturnReceived') order by seq limit 1);
      delete from outbox using planted where outbox.event_id = planted.event_id`,
    undo: 'insert into outbox overriding system value select * from planted; drop table planted',
    figure: 'late',
  },
  'a refund of more than the goods cost': {
    service: 'returns',
    sql: `create table planted as select * from outbox where seq = ${FIRST_PAID};
      update outbox set data = jsonb_set(data, '{lines,0,amount}', '99999999') where seq = ${FIRST_PAID}`,
    undo: 'update outbox set data = planted.data from planted where outbox.seq = planted.seq; drop table planted',
    figure: 'aboveCaptured',
  },
  'a refund that moved money twice': {
    service: 'orders',
    sql: `create table planted as select * from outbox where type = 'PaymentRefunded' order by seq limit 1;
      update planted set seq = -1, event_id = gen_random_uuid(), aggregate_version = 999, pub_no = null;
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'doubled',
  },
  'a decision that cites nothing': {
    service: 'returns',
    sql: `create table planted as select * from outbox where seq = ${FIRST_PAID};
      update outbox set data = jsonb_set(data, '{reasons}', '[]') where seq = ${FIRST_PAID}`,
    undo: 'update outbox set data = planted.data from planted where outbox.seq = planted.seq; drop table planted',
    figure: 'uncited',
  },
  'a statement that nobody acknowledged': {
    service: 'returns',
    sql: `create table planted as select mail.* from mail join statement_answer answer on about_id in (answer.statement_id, answer.return_id)
        where answer.statement_id = (select (data ->> 'statementId')::uuid from outbox where seq = ${REGRETTED});
      update mail set status = 'queued' from planted where mail.id = planted.id`,
    undo: 'update mail set status = planted.status from planted where mail.id = planted.id; drop table planted',
    figure: 'unacknowledged',
  },
  'a case that is on no work list': {
    service: 'returns',
    sql: `alter table return_case drop constraint return_case_open_has_day, disable trigger return_case_day;
      create table planted as select * from return_case order by id limit 1;
      update return_case set closed_at = null, due_on = null from planted where return_case.id = planted.id`,
    undo: `update return_case set closed_at = planted.closed_at, due_on = planted.due_on from planted
      where return_case.id = planted.id; drop table planted;
      alter table return_case enable trigger return_case_day,
        add constraint return_case_open_has_day check (closed_at is not null or due_on is not null)`,
    figure: 'adrift',
  },
  'an agreement that gives a consumer less than the law': {
    service: 'returns',
    sql: `create table planted as select * from outbox where type = 'AgreementRecorded' order by seq limit 1;
      update planted set seq = -1, event_id = gen_random_uuid(), aggregate_version = 999, pub_no = null,
        data = data || jsonb_build_object('changes', jsonb_build_object('withdrawalDays', 13), 'orderId', '$REGRETTED');
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'unkept',
  },
  'a withdrawal that was refused as late although it was in time': {
    service: 'returns',
    sql: `create table planted as select * from outbox where seq = ${REGRETTED};
      update planted set seq = -1, event_id = gen_random_uuid(), aggregate_version = 999, pub_no = null,
        data = data || jsonb_build_object('statementId', gen_random_uuid(), 'lines', jsonb_build_array(),
          'refused', jsonb_build_array((data #> '{lines,0}') || '{"reasons": [{"code": "period-over", "cites": []}]}'));
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'unkept',
  },
  'what one person gave away beyond what they may': {
    service: 'returns',
    sql: `create table planted as select * from outbox where type = 'WithdrawalDeclared' order by seq limit 1;
      update planted set seq = -1, event_id = gen_random_uuid(), pub_no = null, type = 'OverrideProposed', aggregate_version = 998,
        data = data || jsonb_build_object('amount', 99999999, 'currency', 'NOK', 'caseId', aggregate_id, 'personal', jsonb_build_object('by', 'support'));
      insert into planted select * from planted;
      update planted set seq = -2, event_id = gen_random_uuid(), type = 'OverrideDecided', aggregate_version = 999
        where ctid = (select max(ctid) from planted);
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'unapproved',
  },
  'a second label of a case': {
    service: 'returns',
    sql: `create table planted as select * from outbox where type = 'ReturnLabelRequested' and not data ? 'instead' order by seq limit 1;
      update planted set seq = -1, event_id = gen_random_uuid(), aggregate_id = gen_random_uuid(), pub_no = null;
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'needlessLabels',
  },
  'a price offered to one customer that a second order was placed by': {
    service: 'orders',
    sql: `create table planted as select * from outbox where aggregate_id = (select used_by from price_offer where used_by is not null order by id limit 1)
        and type in ('OrderPlaced', 'ContractFormed');
      update planted set seq = -seq, event_id = gen_random_uuid(), aggregate_id = '00000000-0000-7000-8000-000000000000', pub_no = null;
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'misusedOffers',
  },
  'one that was paid otherwise': {
    service: 'orders',
    sql: `create table planted as select * from outbox where type = 'OrderPlaced' and data ? 'priceOffer' order by seq limit 1;
      update outbox set data = jsonb_set(outbox.data, '{lines,0,unitPrice}', '1') from planted where outbox.seq = planted.seq`,
    undo: 'update outbox set data = planted.data from planted where outbox.seq = planted.seq; drop table planted',
    figure: 'misusedOffers',
  },
  'a request that nobody answered': {
    service: 'privacy',
    sql: `create table planted as select id, status, answered_at, received_on from request where kind = 'access' order by id limit 1;
      update request set status = 'open', answered_at = null, received_on = '2001-01-01' from planted where request.id = planted.id`,
    undo: `update request set status = planted.status, answered_at = planted.answered_at, received_on = planted.received_on
      from planted where request.id = planted.id; drop table planted`,
    figure: 'requestsUnanswered',
  },
  'the name of somebody who was erased': {
    service: 'returns',
    sql: `create table planted as select seq, data from outbox order by seq limit 1;
      update outbox set data = outbox.data || '{"said": "$NAME did not open."}' from planted where outbox.seq = planted.seq`,
    undo: 'update outbox set data = planted.data from planted where outbox.seq = planted.seq; drop table planted',
    figure: 'personalDataLeft',
  },
  'their address in a mail as it was sent': {
    service: 'shipping',
    sql: `create table planted as select 'To: $EMAIL'::bytea as bytes`,
    undo: 'drop table planted',
    figure: 'personalDataLeft',
  },
  'a buyer of whom the privacy service does not say that they stay, on the documents of both parcels': {
    service: 'privacy',
    times: 2,
    sql: `create table planted as select id, state from request where kind = 'erase' and channel = 'letter' order by recorded_at desc limit 1;
      update request set state = request.state || '{"kept": []}' from planted where request.id = planted.id`,
    undo: 'update request set state = planted.state from planted where request.id = planted.id; drop table planted',
    figure: 'personalDataLeft',
  },
  'a record that nobody let go though it was asked for': {
    service: 'privacy',
    sql: `create table planted as select gen_random_uuid() as id;
      insert into erasure (id, controller, system, records, keeps, cause, reasons, asked_at, answer_by)
        select id, 'smartgroup', 'planted', '{one}', '{}', 'retention-over', '[]', '2001-01-01', '2001-01-02' from planted;
      insert into holding (controller, system, record, category, facts, subjects, status, due_at, open, erasure_id, told_at)
        select 'smartgroup', 'planted', 'one', 'account', '{}', '{}', 'due', '2001-01-01', false, id, '2001-01-01' from planted`,
    undo: `delete from holding where system = 'planted'; delete from erasure where system = 'planted'; drop table planted`,
    figure: 'heldPastTheirDay',
  },
  'an order that came to nothing and still says whose it was': {
    service: 'orders',
    sql: `create table planted as select orders.id, personal from orders join outbox on aggregate_id = orders.id and type = 'OrderCancelled'
        where personal ->> 'email' = 'erased' and not exists (select from sales_document where order_id = orders.id) order by orders.id limit 1;
      update orders set personal = '{"email": "somebody@example.com"}' from planted where orders.id = planted.id`,
    undo: 'update orders set personal = planted.personal from planted where orders.id = planted.id; drop table planted',
    figure: 'heldPastTheirDay',
  },
  'a document of an erased order that does not add up': {
    service: 'orders',
    sql: `alter table sales_document disable trigger user;
      create table planted as select position, vat from sales_document join orders on orders.id = order_id
        where orders.personal ->> 'email' = 'erased' order by position limit 1;
      update sales_document set vat = '[]' from planted where sales_document.position = planted.position`,
    undo: `update sales_document set vat = planted.vat from planted where sales_document.position = planted.position; drop table planted;
      alter table sales_document enable trigger user`,
    figure: 'booksBroken',
  },
  'an event that nobody could act on': {
    service: 'shipping',
    sql: 'create table planted as select * from inbox order by event_id limit 1; update inbox set dead_at = now() from planted where inbox.event_id = planted.event_id',
    undo: 'update inbox set dead_at = null from planted where inbox.event_id = planted.event_id; drop table planted',
    figure: 'dead',
  },
}
