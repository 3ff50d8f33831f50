/** What is free of a product, what orders keep, what it began with, and all changes of it together. */
export type Counted = { sku: string; stock: number; kept: number; opened: number; changed: number }

/**
 * Every product with its units, counted from the rows of orders and of changes: `stock + kept` is `changed`, or units were lost or sold
 * twice. For whoever audits a database at rest.
 */
export const COUNT_UNITS = `
  select sku, stock, coalesce(units, 0)::int as kept, opened, changed from product join (
    select sku, coalesce(sum(units) filter (where reason = 'opened'), 0)::int as opened, sum(units)::int as changed
    from stock_change group by 1) changes using (sku)
  left join (
    select line ->> 'sku' as sku, sum((line ->> 'quantity')::int - coalesce((
      select sum((unit ->> 'quantity')::int)
      from jsonb_array_elements(state -> 'stops') stop, jsonb_array_elements(stop #> '{concluded,stopped}') unit
      where unit ->> 'lineId' = line ->> 'lineId'), 0)) as units
    from orders, jsonb_array_elements(state -> 'placed' -> 'lines') line
    where status <> 'cancelled' and state ->> 'reservationEndedAt' is null group by 1) held using (sku)`
