import type pg from 'pg'

export const PRODUCTS = 1_000

/** A thousand products with as good as endless stock. */
export const addProducts = (pool: pg.Pool) =>
  pool.query(
    `insert into product (sku, name, price_nok, price_eur, vat_rate, stock, traits, updated_at)
     select 'P-' || n, '{"nb":"Vare","en":"Thing"}', 12900, 890, 2500, 1000000, '{"madeToOrder":false,"hygieneSealed":false,"safetyCritical":false,"longLived":false}', now()
     from generate_series(0, $1::int - 1) n on conflict do nothing`,
    [PRODUCTS],
  )
