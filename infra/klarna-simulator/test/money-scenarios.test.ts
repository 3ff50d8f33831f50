import assert from 'node:assert/strict'
import t, { type Test } from 'tap'
import type { IdempotencyOptions } from '../idempotency-store.ts'
import { afterCapture } from './scenarios/after-capture.ts'
import { captures } from './scenarios/capture.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { transport } from './scenarios/transport.ts'
import { openShop, type Shop } from './shop.ts'

const SCENARIOS = [...captures, ...transport('capture'), ...transport('refund'), ...afterCapture]

/** What Klarna does not say of its idempotency keys, in all eight readings. The adapter must be right under each. */
const SETTINGS: Required<IdempotencyOptions>[] = (['global', 'endpoint'] as const).flatMap((scope) =>
  [true, false].flatMap((replayErrors) =>
    (['wait', '409'] as const).map((inflight) => ({ scope, replayErrors, inflight })),
  ),
)

/** Runs a scenario, and asks the simulator whether money moved as it must never. */
async function checked({ run, violates }: Scenario, shop: Shop) {
  const before = new Set(shop.simulator.violations())
  await run(shop)
  const violations = shop.simulator.violations().filter((violation) => !before.has(violation))
  if (violates === undefined) assert.deepEqual(violations, [])
  else assert.match(violations.join('\n'), violates)
}

for (const idempotency of SETTINGS) {
  const { scope, replayErrors, inflight } = idempotency
  const name = `keys ${scope}, refusals ${replayErrors ? '' : 'not '}replayed, in flight ${inflight}`
  t.test(`money: ${name}`, async (t: Test) => {
    const shop = await openShop(t, { idempotency })
    const unreferenced = await openShop(t, { idempotency, echoReferences: false })
    for (const scenario of SCENARIOS) {
      await t.test(`${scenario.says}`, async () => checked(scenario, scenario.withoutReferences ? unreferenced : shop))
    }
  })
}
