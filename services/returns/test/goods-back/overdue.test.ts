import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startGoodsHouse } from './goods-house.ts'

const house = await startGoodsHouse()
const { clock, call, look, mailbox, withdrawn, offered, complained, told, typesOf, receive, receiptOf, unit } = house
const caseOf = async (caseId: string) => (await call('support', 'GET', `/returns/${caseId}/case`)).body
const at = async (moment: string) => {
  clock.at = moment
  await Promise.all([look(), look()])
}

t.test(
  'a withdrawal: reminded once, then told for good; the duty stays, and the money waits for the goods',
  async (t) => {
    const back = await withdrawn()
    t.match(await caseOf(back.caseId), { dueOn: '2026-06-25' })
    await at('2026-06-24T22:00:00Z')
    t.match(await caseOf(back.caseId), { dueOn: '2026-07-10' })
    await at('2026-07-09T21:59:00Z')
    t.strictSame((await typesOf(back.caseId)).slice(1), ['SendBackReminded'])
    await at('2026-07-09T22:00:00Z')
    await at('2026-12-01T22:00:00Z')
    t.strictSame((await typesOf(back.caseId)).slice(1), ['SendBackReminded', 'SendBackOverdue'])
    t.match((await told(back.caseId)).at(-1)!.data.reasons, [
      { code: 'sent-back-late' },
      { code: 'withheld-until-goods-or-proof' },
    ])
    const mail = await eventually('the decision', async () =>
      mailbox.to(back.email).find(({ subject }) => /pengene holdes tilbake/.test(subject)),
    )
    t.match(mail.text, /angrerettloven § 23, § 25 og § 24/)
    const { closedAt, dueOn } = await caseOf(back.caseId)
    t.strictSame([closedAt, dueOn], ['2026-07-09T22:00:00Z', undefined], 'the case is over until the goods come')
    await receive(back, receiptOf([unit(), unit()]))
    t.match(await caseOf(back.caseId), { closedAt: undefined, dueOn: /./ }, 'and open again')
    t.equal((await typesOf(back.caseId)).at(-1), 'RefundDecided', 'goods that come after all are paid back')
  },
)

t.test(
  'a return by the offer: reminded once, and over without money after two weeks, with what that rests on',
  async (t) => {
    const { caseId, email } = await offered()
    t.match(await caseOf(caseId), { dueOn: '2026-06-25' })
    await at('2026-06-24T22:00:00Z')
    t.match(await caseOf(caseId), { dueOn: '2026-07-09' })
    await at('2026-07-08T22:00:00Z')
    t.strictSame((await typesOf(caseId)).slice(1), ['SendBackReminded', 'VoluntaryReturnEnded'])
    const mail = await eventually('the end', async () =>
      mailbox.to(email).find(({ subject }) => /returen er avsluttet/.test(subject)),
    )
    t.match(mail.text, /Ingenting betales tilbake\. Dette følger av/)
  },
)

t.test(
  'a cancelled purchase: reminded once, then told for good, and still paid back when the goods come',
  async (t) => {
    const back = await complained('rescission')
    t.match(await caseOf(back.caseId), { dueOn: '2026-06-25' })
    await at('2026-06-24T21:59:00Z')
    t.equal((await typesOf(back.caseId)).at(-1), 'RemedyChosen')
    await at('2026-06-24T22:00:00Z')
    t.match((await told(back.caseId)).at(-1), { type: 'SendBackReminded', data: { sendBackBy: '2026-06-24' } })
    t.match(await caseOf(back.caseId), { dueOn: '2026-07-10' })
    await at('2026-07-09T22:00:00Z')
    await at('2026-12-01T22:00:00Z')
    t.match((await told(back.caseId)).at(-1), {
      type: 'SendBackOverdue',
      data: { reasons: [{ code: 'both-give-back' }] },
    })
    await eventually('the decision', async () =>
      mailbox.to(back.email).find(({ text }) => /Kjøpet er hevet, og du skal fortsatt sende/.test(text)),
    )
    t.match(await caseOf(back.caseId), { closedAt: '2026-07-09T22:00:00Z' })
    await receive(back, receiptOf([unit()]))
    t.equal((await typesOf(back.caseId)).at(-1), 'RefundDecided')
    t.match(await caseOf(back.caseId), { closedAt: undefined })
  },
)

t.test('of goods that are to be repaired nobody is reminded: the customer has them until they are sent', async (t) => {
  const { caseId } = await complained('repair')
  const before = await typesOf(caseId)
  await at('2026-12-01T22:00:00Z')
  t.strictSame(await typesOf(caseId), before)
})
