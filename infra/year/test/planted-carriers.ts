import type { Planted } from './planted.ts'

/** What is planted of goods on their way. `$LOST` is the order of somebody whose only parcel never came and is paid back. */
export const plantedOfCarriers: Record<string, Planted> = {
  'a parcel that never came and that nobody settled': {
    service: 'shipping',
    sql: `create table planted as select * from outbox where type = 'LossSettled' and data ->> 'orderId' = '$LOST';
      delete from outbox using planted where outbox.event_id = planted.event_id`,
    undo: 'insert into outbox overriding system value select * from planted; drop table planted',
    figure: 'astray',
  },
  'a loss of which no money came': {
    service: 'returns',
    sql: `create table planted as select * from outbox where type = 'RefundDecided' and data ->> 'orderId' = '$LOST'
        and not data ? 'deliveryRefundId';
      delete from outbox using planted where outbox.event_id = planted.event_id`,
    undo: 'insert into outbox overriding system value select * from planted; drop table planted',
    figure: 'lossesAmiss',
  },
  'a parcel that never came and is at the customer’s risk': {
    service: 'shipping',
    sql: `create table planted as select id, state from shipment where order_id = '$LOST' and state ? 'dispatched';
      update shipment set state = planted.state || jsonb_build_object('status', 'delivered', 'takenBy', 'customer',
        'receivedAt', planted.state #> '{dispatched,handedOverAt}') from planted where shipment.id = planted.id`,
    undo: 'update shipment set state = planted.state from planted where shipment.id = planted.id; drop table planted',
    figure: 'riskAmiss',
  },
  'goods that go back and are at the customer’s risk': {
    service: 'shipping',
    sql: `create table planted as select order_id, facts from order_to_ship where order_id = '$REGRETTED';
      update order_to_ship set facts = facts - 'returns' where order_id = '$REGRETTED'`,
    undo: 'update order_to_ship set facts = planted.facts from planted where order_to_ship.order_id = planted.order_id; drop table planted',
    figure: 'riskAmiss',
  },
  'a delay that is told before the day has passed': {
    service: 'orders',
    sql: `create table planted as select * from outbox where type = 'OrderPlaced' order by seq limit 1;
      update planted set seq = -1, event_id = gen_random_uuid(), aggregate_version = 999, pub_no = null, type = 'DeliveryDelayed',
        data = jsonb_build_object('delayedAt', data ->> 'placedAt', 'lastDay', '2099-01-01', 'unsent', '[]'::jsonb, 'underway', '[]'::jsonb);
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'blamedWrongly',
  },
  'one of goods that the customer has': {
    service: 'orders',
    sql: `create table planted as select placed.* from outbox placed join outbox came on came.aggregate_id = placed.aggregate_id
        and came.type = 'OrderDelivered' and not came.data ? 'moreToCome' where placed.type = 'OrderPlaced' order by placed.seq limit 1;
      update planted set seq = -1, event_id = gen_random_uuid(), aggregate_version = 999, pub_no = null, type = 'DeliveryDelayed',
        data = jsonb_build_object('delayedAt', '2099-01-01T00:00:00Z', 'lastDay', '2001-01-01', 'unsent', '[]'::jsonb, 'underway', data -> 'lines');
      insert into outbox overriding system value select * from planted`,
    undo: 'delete from outbox using planted where outbox.event_id = planted.event_id; drop table planted',
    figure: 'blamedWrongly',
  },
  'news of a carrier that was dropped': {
    service: 'shipping',
    sql: `create table planted as select * from carrier_event where id = (select id from carrier_event dropped where exists (
          select from carrier_event later where later.tracking_number = dropped.tracking_number and later.heard_at > dropped.heard_at + interval '3 hours')
        order by id limit 1);
      delete from carrier_event using planted where carrier_event.id = planted.id`,
    undo: 'insert into carrier_event select * from planted; drop table planted',
    figure: 'unheard',
  },
}
