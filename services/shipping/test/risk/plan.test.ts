import { sql } from 'kysely'
import t from 'tap'
import { untoldRisk } from '../../shipment/store.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db } = await startShippingForTest()

t.test('what is untold of the risk is found by its indexes, however many shipments wait or never leave', async (t) => {
  await sql`
    insert into shipment (id, order_id, version, status, state, personal, requested_at)
    select gen_random_uuid(), gen_random_uuid(), 1, case when n % 2 = 0 then 'requested' else 'cancelled' end, '{}', '{}', now()
    from generate_series(1, 20000) n`.execute(db)
  await sql`analyze shipment`.execute(db)
  const { rows } = await sql<Record<string, string>>`explain ${untoldRisk('2026-06-02T12:00:00Z', 100)}`.execute(db)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  t.match(plan, /shipment_risk_untold/)
  t.match(plan, /shipment_risk_due/)
  t.notMatch(plan, /Seq Scan/)
})
