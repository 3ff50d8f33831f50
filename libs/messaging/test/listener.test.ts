import t from 'tap'
import { createListener } from '../inbox/listener.ts'
import { wireLost } from '../wire/wire.ts'

const hangs = () => new Error('timeout')

/** Has a listener meet these errors of the wire, each so many milliseconds after the one before; gives what it told of them. */
async function meeting(errors: readonly { error: Error; afterMs: number }[]) {
  const stopping = new AbortController()
  const told: unknown[] = []
  const left = [...errors]
  let now = 1_000
  const wire = {
    ready: async () => {},
    // biome-ignore lint/correctness/useYield: it brings nothing.
    async *consume() {
      const next = left.shift()
      if (next === undefined) return stopping.abort()
      now += next.afterMs
      throw next.error
    },
  }
  const { restore } = t.capture(performance, 'now', () => now)
  const outage = { begin: (error: unknown) => void told.push(error), end: () => {} }
  const progress = { begin: () => {}, end: () => {} }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const listen = createListener({ wire, service: 'returns', applier: {}, log, outage, progress } as never)
  await listen('orders', 0, stopping.signal)
  restore()
  return told.length
}

t.test(
  'a broker that hangs a moment is told of by the connection alone, and not once more by each who listens',
  async (t) => {
    t.equal(await meeting([{ error: hangs(), afterMs: 5_000 }]), 0)
    t.equal(
      await meeting([
        { error: hangs(), afterMs: 5_000 },
        { error: wireLost(), afterMs: 2_000 },
        { error: hangs(), afterMs: 9_000 },
      ]),
      0,
    )
    t.equal(
      await meeting([
        { error: hangs(), afterMs: 0 },
        { error: hangs(), afterMs: 4_999 },
      ]),
      0,
    )
  },
)

t.test('what lasts is told of, for the connection may be well', async (t) =>
  t.equal(
    await meeting([
      { error: hangs(), afterMs: 0 },
      { error: hangs(), afterMs: 5_000 },
    ]),
    1,
  ),
)
