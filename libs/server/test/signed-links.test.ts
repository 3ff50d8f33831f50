import { UnsecuredJWT } from 'jose'
import t from 'tap'
import { createSignedLinks } from '../signed-links.ts'

const [old, fresh] = ['o'.repeat(32), 'f'.repeat(40)]
const clock = { at: '2026-06-01T08:00:00Z' }
const linksOf = (secrets: string) => createSignedLinks({ secrets, now: () => Temporal.Instant.from(clock.at) })
const about = { purpose: 'order', subject: 'order-1', expiresAt: '2026-06-02T08:00:00Z' }
const unknown = Object.assign(new Error(), { problem: { status: 404, type: '/problems/link-unknown' } })

t.test('a signed link', async (t) => {
  t.test('is read back for its purpose, with what it carries', async (t) => {
    const token = await linksOf(old).sign({ ...about, content: { name: 'Kari' } })
    t.strictSame(await linksOf(old).read(token, 'order'), { subject: 'order-1', content: { name: 'Kari' } })
    await t.rejects(linksOf(old).read(token, 'receipt'), unknown)
  })
  t.test('ends by the clock that it is asked by', async (t) => {
    const token = await linksOf(old).sign(about)
    clock.at = '2026-06-02T07:59:59Z'
    t.equal((await linksOf(old).read(token, 'order')).subject, 'order-1')
    clock.at = '2026-06-02T08:00:00Z'
    await t.rejects(linksOf(old).read(token, 'order'), unknown)
    clock.at = '2026-06-01T08:00:00Z'
  })
  t.test('outlives the secret that comes before its own, and not its own', async (t) => {
    const token = await linksOf(old).sign(about)
    t.equal((await linksOf(`${fresh}, ${old}`).read(token, 'order')).subject, 'order-1')
    await t.rejects(linksOf(fresh).read(token, 'order'), unknown)
    const newer = await linksOf(`${fresh},${old}`).sign(about)
    t.equal((await linksOf(fresh).read(newer, 'order')).subject, 'order-1')
  })
  t.test('that several ask about at once is each time what it is alone', async (t) => {
    const links = linksOf(old)
    const token = await links.sign(about)
    const atOnce = await Promise.allSettled(
      ['order', 'order', 'receipt', 'receipt'].map((purpose) => links.read(token, purpose)),
    )
    t.strictSame(
      atOnce.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
    )
    clock.at = '2026-06-02T08:00:00Z'
    await t.rejects(links.read(token, 'order'), unknown, 'it is not remembered as good')
    clock.at = '2026-06-01T08:00:00Z'
  })
  t.test('that is changed, unsigned or no token is none', async (t) => {
    const token = await linksOf(old).sign(about)
    const [head, , signature] = token.split('.')
    const [, others] = (await linksOf(old).sign({ ...about, subject: 'order-2' })).split('.')
    const unsigned = new UnsecuredJWT({}).setSubject('order-1').setAudience('order').encode()
    for (const wrong of [`${head}.${others}.${signature}`, unsigned, 'nonsense', '', `${token}x`])
      await t.rejects(linksOf(old).read(wrong, 'order'), unknown, wrong)
  })
})
