import t from 'tap'
import { askFactsCases, later, openDesk } from './ask-cases.ts'
import { type CaseFacts, RECEIVED, tell } from './told-case.ts'

/** Cases of the second bank that name a rule: the doors that apply it are asked. */

const desk = await openDesk()
const { call, at, withdraw, refundOf, lookedAt } = desk
type Asked = Record<string, unknown>
const put = async (path: string, body: object) => (await call('support', 'PUT', path, body)).body

/** What comes back of goods that are worth less. */
async function worthLess({ lines, diminishedValue, informationGiven }: Asked) {
  const [{ total }] = lines as [{ total: number }]
  const facts: CaseFacts = { linesOre: [total], withdrawalInfoComplete: informationGiven as boolean }
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24))
  return { amount: await lookedAt(id, { less: diminishedValue as number, why: 'diminished-value' }) }
}

/** No door takes another means of paying back than that of the payment. */
async function meansOfPayingBack({ amount, method }: Asked) {
  const id = await tell(desk, { linesOre: [amount as number] })
  at(later(RECEIVED, 24))
  const { body } = await withdraw(id, { channel: 'email' })
  const { status } = await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { method })
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
  return { method: status === 400 ? 'original' : method, refund: (await refundOf(body.id)).amount }
}

async function accepted(facts: CaseFacts) {
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24 * 30))
  const { body } = await call('support', 'POST', `/orders/${id}/complaints`, { defect: 'It broke.' })
  await put(`/complaints/${body.id}/assessment`, { outcome: 'accepted' })
  return `/complaints/${body.id}`
}

/** Putting it right was tried in vain. */
async function afterCures({ customerKind, failedCures }: Asked) {
  const url = await accepted({ customerType: customerKind as 'business' })
  for (let n = 0; n < (failedCures as number); n++) {
    await put(`${url}/choice`, { remedy: 'repair' })
    await put(`${url}/cure`, {})
    await put(`${url}/failure`, { defect: 'It broke again.' })
  }
  const { choices: next } = (await call('support', 'GET', url)).body
  return { next, reasons: await reasonsTold('CureFailed') }
}

/** What the last event of a name rests on. */
async function reasonsTold(type: string) {
  const told = desk.db.selectFrom('outbox').select('data').where('type', '=', type).orderBy('event_id', 'desc')
  const { data } = await told.executeTakeFirstOrThrow()
  return (data as { reasons: object[] }).reasons
}

async function chosen({ chosen: remedy }: Asked) {
  const url = await accepted({})
  const { assessment, chosen } = await put(`${url}/choice`, { remedy })
  return { cure: chosen.remedy, reasons: [...assessment.reasons, ...chosen.reasons] }
}

/** A carrier takes what is wrong at the seller's cost; what that rests on is told with the label. */
async function wrongGoodsBack() {
  const url = await accepted({})
  await put(`${url}/choice`, { remedy: 'repair' })
  const { status } = await call('support', 'PUT', `${url.replace('complaints', 'returns')}/label`)
  return { bearer: status === 200 ? 'seller' : 'customer', reasons: await reasonsTold('ReturnLabelRequested') }
}

/** A notice of the last evening is one. */
async function declared({ lastReceivedAt, declaredAt }: Asked) {
  const id = await tell(desk, { receivedAt: lastReceivedAt as string })
  at(declaredAt as string)
  return { outcome: (await withdraw(id, { channel: 'email' })).status === 201 ? 'granted' : 'refused' }
}

/** Who pays for the way back of what the post does not take, as the order tells it and as a carrier is asked. */
async function bulkyBack({ bulky, amountDisclosed: returnCostAmountDisclosed, disclosed: returnCostDisclosed }: Asked) {
  const facts = { bulky, returnCostAmountDisclosed, returnCostDisclosed } as CaseFacts
  const id = await tell(desk, facts)
  const { returnCost } = (await desk.eligibility(id, later(RECEIVED, 24))).lines[0]
  at(later(RECEIVED, 24))
  const { body } = await withdraw(id, { channel: 'email' })
  const { status } = await call('support', 'PUT', `/returns/${body.id}/label`)
  t.equal(status === 200 ? 'seller' : 'customer', body.returnCostBearer)
  t.equal(returnCost.bearer, body.returnCostBearer)
  return { bearer: body.returnCostBearer, reasons: returnCost.reasons }
}

askFactsCases(import.meta.url, {
  ...{ H50: worthLess, H51: worthLess, H52: meansOfPayingBack },
  ...{ H117: afterCures, H118: chosen, H124: bulkyBack, H125: wrongGoodsBack, H128: declared },
})
