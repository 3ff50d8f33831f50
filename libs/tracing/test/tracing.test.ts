import { startCollector } from '@vilkar/testing/collector.ts'
import t from 'tap'
import { openTracing } from '../open-tracing.ts'
import { beginSpan, continuing, isTracing, span, traceparent } from '../tracing.ts'

const STRANGER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const IGNORED = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00'

t.test('where nobody is told, work is done and nothing else', async (t) => {
  t.notOk(isTracing())
  t.equal(await span({ name: 'a', kind: 'internal', parent: STRANGER }, async (span) => span ?? 'no span'), 'no span')
  t.equal(
    continuing(STRANGER, () => traceparent() ?? 'no trace'),
    'no trace',
  )
  t.equal(beginSpan({ name: 'a', kind: 'internal' }), undefined)
})

t.test('a collector is told', async (t) => {
  const collector = await startCollector()
  t.teardown(() => collector.stop())
  const told: (Error | undefined)[] = []
  const open = (ratio = 1) =>
    openTracing({ service: 'orders', endpoint: collector.url, ratio, onSent: (error) => told.push(error) })
  const named = (name: string) => collector.spans().find((span) => span.name === name)

  t.test('which span set which going, across waits', async (t) => {
    const tracing = await open()
    await span({ name: 'outer', kind: 'server', parent: STRANGER }, async () => {
      const later = Promise.withResolvers<void>()
      const inner = span({ name: 'inner', kind: 'client' }, () => later.promise)
      await span(
        { name: 'sibling', kind: 'internal', links: [IGNORED, undefined, 'nonsense', IGNORED] },
        async () => {},
      )
      later.resolve()
      await inner
      await span({ name: 'another trace', kind: 'internal', parent: null }, async () => {})
    })
    t.equal(traceparent(), undefined, 'nothing is current any more')
    await tracing.close()
    const [, trace, parent] = STRANGER.split('-')
    t.match(named('outer'), { service: 'orders', trace, parent, kind: 2 })
    for (const name of ['inner', 'sibling']) t.match(named(name), { trace, parent: named('outer')!.id })
    t.strictSame(named('sibling')!.links, [{ trace, id: parent }], 'each link once, and what is none left out')
    t.not(named('another trace')!.trace, trace)
    t.equal(named('another trace')!.parent, undefined)
    t.strictSame(told, [undefined])
  })

  t.test('that something failed, without its words', async (t) => {
    const tracing = await open()
    const failing = async () => {
      throw Object.assign(new Error('kari@example.com is away'), { code: 'ECONNREFUSED' })
    }
    await t.rejects(span({ name: 'failing', kind: 'client' }, failing), /kari/)
    await tracing.close()
    t.match(named('failing'), { failed: true, attributes: { 'error.type': 'ECONNREFUSED' } })
    t.notMatch(collector.texts().join(), /kari/)
  })

  t.test('what whoever began a trace wants told, and of others the part that is asked for', async (t) => {
    const tracing = await open(0)
    await span({ name: 'not told', kind: 'internal' }, async () => {
      t.match(traceparent(), /-00$/, 'and whoever goes on with it knows')
    })
    await span({ name: 'not wanted', kind: 'internal', parent: IGNORED }, async () => {})
    await span({ name: 'wanted', kind: 'internal', parent: STRANGER }, async () => {})
    await tracing.close()
    t.notOk(named('not told') ?? named('not wanted'))
    t.ok(named('wanted'))
  })

  t.test('of nothing by what is no traceparent', async (t) => {
    const tracing = await open()
    for (const wrong of [
      '',
      'x',
      `${STRANGER}-more`,
      STRANGER.replace('0af7', '0AF7'),
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    ])
      await span({ name: `from ${wrong}`, kind: 'internal', parent: wrong }, async () => {})
    await tracing.close()
    const begun = collector.spans().filter(({ name }) => name.startsWith('from '))
    t.equal(begun.length, 5)
    t.strictSame(
      begun.filter(({ parent }) => parent !== undefined),
      [],
    )
  })

  t.test('by one tracer of a process', async (t) => {
    const tracing = await open()
    await t.rejects(open(), /has a tracer/)
    await tracing.close()
    t.notOk(isTracing())
  })
})

t.test('a collector that is away is heard of, and nothing else happens', async (t) => {
  const told: (Error | undefined)[] = []
  const gone = await startCollector()
  await gone.stop()
  const tracing = await openTracing({ service: 'a', endpoint: gone.url, ratio: 1, onSent: (error) => told.push(error) })
  await span({ name: 'a', kind: 'internal' }, async () => {})
  await tracing.close()
  t.ok(told.length > 0 && told.every((error) => error instanceof Error))
})
