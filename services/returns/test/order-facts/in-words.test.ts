import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { call, clock, delivered, ordered } = await startReturnsForTest()
const inWords = async (id: string, query = '') =>
  (await call('support', 'GET', `/orders/${id}/entitlements/in-words${query}`)).body as {
    locale: string
    items: { lineId: string; nb: string; en: string }[]
  }

t.test('what holds is said in sentences with clause and section, in both languages', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const { locale, items } = await inWords(id)
  t.equal(locale, 'nb')
  t.strictSame(
    items.map(({ lineId }) => lineId),
    ['1', '2'],
  )
  const [{ nb, en } = { nb: '', en: '' }] = items
  t.match(nb, /^.+ kan ikke avbestilles\. Dette følger av kjøpsvilkårene punkt [\d., og]+.*\.\n\n/)
  t.match(
    nb,
    /\n\nDu kan angre på kjøpet av .+, hvis du sier fra senest 18\. juni 2026\. Dette følger av .*angrerettloven §/,
  )
  t.match(nb, /\n\nEr det noe galt med .+, kan du reklamere, senest .+\. Dette følger av .*forbrukerkjøpsloven §/)
  t.match(nb, /\n\nDu betaler selv for å sende .+ tilbake\. Dette følger av .+\.$/)
  t.match(
    en,
    /You can withdraw from the purchase of .+, if you tell us by 18 June 2026 at the latest\. This follows from our terms, clause/,
  )
  t.notMatch(nb, /tilbudet vårt/, 'the law gives more than the offer')
})

t.test('once the right to withdraw is over, the offer is what there is', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-19T09:00:00Z'
  const [{ nb } = { nb: '' }] = (await inWords(id)).items
  t.match(nb, /Du kan ikke angre på kjøpet av .+\. Dette følger av/)
  t.match(nb, /Etter tilbudet vårt kan du sende .+ tilbake, hvis du sier fra senest .+\. Varen må være ubrukt/)
})

t.test('of another day it says so', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const [{ nb, en } = { nb: '', en: '' }] = (await inWords(id, '?at=2026-07-01T10:00:00Z')).items
  t.match(nb, /^Slik ville det være 1\. juli 2026:\n\n/)
  t.match(en, /^This is how it would be on 1 July 2026:\n\n/)
})

t.test('goods that are still here can be cancelled, and nothing is said of complaining of them', async (t) => {
  const { id } = await ordered()
  const [{ nb } = { nb: '' }] = (await inWords(id)).items
  t.match(nb, /Du kan avbestille .+, så lenge varen ikke er sendt\./)
  t.notMatch(nb, /reklamere/)
})

t.test('of what has gone back there is nothing left to say but that', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const [line] = (await call('support', 'GET', `/orders/${id}/entitlements`)).body.lines
  await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines: [{ lineId: '1', quantity: line.quantity }] })
  const [{ nb, en } = { nb: '', en: '' }] = (await inWords(id)).items
  t.match(nb, /^Alt av .+ skal tilbake\.\n\nEr det noe galt med .+, kan du reklamere/, 'as long as it is with them')
  t.match(en, /^All of .+ is to go back\.\n\nIf something is wrong/)
})

t.test('it is for staff alone', async () => {
  const { id } = await delivered()
  assertProblem(await call('storefront', 'GET', `/orders/${id}/entitlements/in-words`), 403, 'scope-missing', /staff/)
  const nobodys = `/orders/${crypto.randomUUID()}/entitlements/in-words`
  assertProblem(await call('support', 'GET', nobodys), 404, 'order-unknown', /no such order/)
})

t.test('an order of many lines is read page by page', async (t) => {
  const { id } = await delivered()
  const whole = await inWords(id)
  const first = (await call('support', 'GET', `/orders/${id}/entitlements/in-words?limit=1`)).body
  t.strictSame(first, { ...whole, items: whole.items.slice(0, 1), next: whole.items[0]!.lineId })
  const rest = await inWords(id, `?limit=1&after=${first.next}`)
  t.strictSame(rest, { ...whole, items: whole.items.slice(1) })
  t.strictSame((await inWords(id, '?after=none')).items, [], 'behind a line that is not there')
})
