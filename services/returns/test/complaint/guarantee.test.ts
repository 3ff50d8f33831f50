import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { clock, mailbox, call, delivered } = await startReturnsForTest()
const [sensor, ...others] = example('OrderPlaced').data.lines
const plain = { ...sensor!.traits, longLived: false }
const put = (id: string, what: string, body: object) => call('support', 'PUT', `/complaints/${id}/${what}`, body)
const mailTo = (email: string, text: RegExp) =>
  eventually(`a mail of ${text}`, async () => mailbox.to(email).find((mail) => text.test(mail.text)))

/** An order of sensors that were sold with more than the law gives, and a complaint of one on a day. */
async function complained(on: string, soldWith: object, lines = [{ lineId: '1', quantity: 1 }]) {
  clock.at = '2026-06-05T09:00:00Z'
  const sold = [{ ...sensor!, traits: plain, ...soldWith }, ...others]
  const { id: orderId, email } = await delivered('2026-06-04T14:30:00Z', { placed: { lines: sold } })
  clock.at = `${on}T09:00:00Z`
  const { body } = await call('support', 'POST', `/orders/${orderId}/complaints`, {
    ...{ defect: 'Den er død.', channel: 'email', lines, noticedAt: clock.at },
  })
  return { orderId, email, id: body.id as string, body }
}

t.test(
  'while the seller’s guarantee runs, what does not work is a defect unless the seller shows otherwise',
  async (t) => {
    const { id, body, email } = await complained('2029-01-10', {
      guarantee: { by: 'seller', years: 5, covers: 'Alle feil' },
    })
    t.hasStrict(body.lines, [{ outcome: 'granted', presumed: true, lastDay: '2031-06-04' }])
    const rejection = { outcome: 'rejected', cause: 'no-defect', grounds: 'Vi fant ingenting.' }
    const refused = await put(id, 'assessment', rejection)
    assertProblem(refused, 409, 'rejection-unfounded', /proof/)
    t.match(refused.body.reasons, [{ code: 'guarantee-answers', cites: [{ section: '§ 18 a' }] }])
    t.equal((await put(id, 'assessment', { ...rejection, proof: 'Den lå i vann.' })).body.status, 'rejected')
    const { text } = await mailTo(email, /Vi har gitt garanti på Lekkasjesensor/)
    t.match(text, /til 4\. juni 2031\. Den dekker: Alle feil\. .*tar ingenting fra dem.*§ 18 a.*Forbruker/s)
  },
)

t.test('a manufacturer’s guarantee is told beside what the law gives, and moves nothing of that', async (t) => {
  const theirs = { by: 'manufacturer', guarantor: 'Fabrikk AS', years: 10, covers: 'Batteriet' }
  const { id, body, email, orderId } = await complained('2027-01-10', { guarantee: theirs })
  t.hasStrict(body.lines, [{ presumed: true, lastDay: '2028-06-06' }])
  const accepted = await put(id, 'assessment', { outcome: 'accepted' })
  t.match(accepted.body.assessment.guarantees, [{ ...theirs, lineId: '1', until: '2036-06-04' }])
  t.strictSame(accepted.body.choices, ['repair', 'replacement'])
  await mailTo(email, /rett til å få det rettet.*Fabrikk AS har gitt garanti på Lekkasjesensor, til 4\. juni 2036/s)
  const { lines } = (await call('support', 'GET', `/orders/${orderId}/eligibility?at=2029-01-10T09:00:00Z`)).body
  t.match(lines[0].complaint, { outcome: 'refused', guarantee: { outcome: 'granted', guarantor: 'Fabrikk AS' } })
  const late = await complained('2029-01-10', { guarantee: theirs })
  t.hasStrict(late.body, { status: 'rejected', assessment: { by: 'rule', guarantees: [{ ...theirs, lineId: '1' }] } })
  await mailTo(late.email, /ikke svarer for dette.*Fabrikk AS har gitt garanti på Lekkasjesensor, til 4\. juni 2036/s)
  const { answer } = (await call('support', 'GET', `/returns/${late.id}/case`)).body
  t.match(answer.nb, /ikke for dette.*En garanti løper til 4\. juni 2036.*§ 18 a/s)
  const over = await complained('2037-01-10', { guarantee: theirs })
  t.equal(over.body.assessment.guarantees, undefined)
})

t.test('of a line that came too late beside others the guarantee is told when it is acknowledged', async (t) => {
  const lines = [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ]
  const theirs = { by: 'manufacturer', guarantor: 'Fabrikk AS', years: 10, covers: 'Batteriet' }
  const { body, email } = await complained('2029-01-10', { guarantee: theirs }, lines)
  t.hasStrict(body, { status: 'received', lines: [{ lineId: '2' }], refused: [{ lineId: '1' }] })
  await mailTo(email, /kan du ikke reklamere på:\n1 × Lekkasjesensor.*Fabrikk AS har gitt garanti på Lekkasjesensor/s)
})

t.test(
  'goods with a digital service can be complained of, and are the seller’s to disprove, as long as it is supplied',
  async (t) => {
    const { body, id } = await complained('2030-01-10', { digital: { supplied: 'over-time', months: 60 } })
    t.hasStrict(body.lines, [{ outcome: 'review', presumed: true, lastDay: '2031-06-04' }])
    const no = await put(id, 'assessment', { outcome: 'rejected', cause: 'no-defect', grounds: 'Vi fant ingenting.' })
    assertProblem(no, 409, 'rejection-unfounded', /proof/)
    const asked = await call('support', 'POST', '/eligibility', {
      ...{ customerKind: 'consumer', placedAt: '2026-06-01T08:00:00Z', at: '2027-01-01T08:00:00Z' },
      lines: [{ lineId: '1', quantity: 1, total: 100, digital: { supplied: 'once', months: 36 } }],
      parcels: [
        {
          lines: [{ lineId: '1', quantity: 1 }],
          handedOverAt: '2026-06-02T08:00:00Z',
          receivedAt: '2026-06-04T08:00:00Z',
        },
      ],
    })
    t.match(asked.body.lines[0].complaint.updates, {
      outcome: 'granted',
      until: '2029-06-04',
      reasons: [{ code: 'updates-owed' }],
    })
  },
)

t.test('of what was sold with nothing besides nothing is told', async (t) => {
  const { id, email } = await complained('2027-01-10', {})
  t.equal((await put(id, 'assessment', { outcome: 'accepted' })).body.assessment.guarantees, undefined)
  t.notMatch((await mailTo(email, /rett til å få det rettet/))!.text, /garanti/)
})
