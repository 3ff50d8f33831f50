import type { World } from './world.ts'

/** Looked at by hand on the day on which it comes up. */
const PERSONS = [
  ...(['check', 'judgement', 'choice', 'cure', 'defective-goods', 'reduction', 'assessment', 'inspection'] as const),
  'override' as const,
] as const
/** In minor units of any currency. */
const GOODWILL = 2_000
type Listed = { id: string; orderId: string; kind: string; awaits?: string }

/** What people at the desk do every day: they answer what waits for them, by the work lists of the product alone. */
export async function workAtDesk(world: World) {
  await clarify(world)
  await judgeProofs(world)
  await settleLosses(world)
  await payPayouts(world)
  await answerByPost(world)
  for (const item of await openCases(world))
    if (PERSONS.some((awaits) => awaits === item.awaits)) await decide(world, item)
}

/** All of them, a page after the other. */
async function openCases({ ask, urls }: World): Promise<Listed[]> {
  const found: Listed[] = []
  let next: string | undefined
  do {
    const after: string = next === undefined ? '' : `&after=${next}`
    const { body } = await ask('support', 'GET', `${urls.returns}/returns?status=open${after}`)
    found.push(...body.items)
    next = body.next
  } while (next !== undefined)
  return found
}

/** What an unclear letter means: whoever knows their customers finds the order. */
async function clarify({ ask, urls }: World) {
  const { body } = await ask('support', 'GET', `${urls.returns}/statements?status=unclear`)
  for (const { id, statement } of body.items as { id: string; statement: string }[])
    await ask('support', 'PUT', `${urls.returns}/statements/${id}/clarification`, {
      orderId: /[0-9a-f-]{36}/.exec(statement)?.[0],
    })
}

/** Most numbers are found at the carrier. */
async function judgeProofs({ ask, urls }: World) {
  const { body } = await ask('support', 'GET', `${urls.returns}/proofs-of-sending?status=waiting`)
  for (const { id } of body.items as { id: string }[]) {
    const verdict =
      byId(id, 8) === 0 ? { verdict: 'rejected', reason: 'Nobody knows it.' } : { verdict: 'carrier-scanned' }
    await ask('support', 'PUT', `${urls.returns}/returns/${id}/proof-of-sending/verdict`, verdict)
  }
}

/** What is paid besides refunds is paid by bank, and found there by its own id. */
async function payPayouts({ ask, urls }: World) {
  const { body } = await ask('support', 'GET', `${urls.orders}/payouts`)
  for (const { id } of body.items as { id: string }[])
    await ask('support', 'PUT', `${urls.orders}/payouts/${id}/payment`, { reference: `bank ${id}` })
}

/** Who wrote a letter has theirs answered by one. */
async function answerByPost({ ask, urls }: World) {
  const { body } = await ask('support', 'GET', `${urls.privacy}/requests?open=true&limit=500`)
  for (const { id, kind, channel } of body.items as { id: string; kind: string; channel: string }[])
    if (channel === 'letter' && kind !== 'erase')
      await ask('support', 'PUT', `${urls.privacy}/requests/${id}/answer`, { outcome: 'done', answer: 'By post.' })
}

/** The carrier is told of what was lost or damaged; what nobody but the shop knows of is sent again or paid back, as the customer likes. */
async function settleLosses({ ask, urls }: World) {
  const { body } = await ask('support', 'GET', `${urls.shipping}/damage-reports?claim=open&limit=200`)
  for (const { id, kind, reportedBy } of (body.items ?? []) as { id: string; kind: string; reportedBy: string }[]) {
    const url = `${urls.shipping}/damage-reports/${id}`
    await ask('support', 'PUT', `${url}/claim`)
    if (kind !== 'lost' || reportedBy === 'customer') continue
    const choose = (choice: string) => ask('support', 'PUT', `${url}/choice`, { choice })
    const { status } = await choose(byId(id, 2) === 0 ? 'refund' : 'replacement')
    // Of what was sent for a complaint nothing is paid back.
    if (status >= 400) await choose('replacement')
  }
}

async function decide({ ask, urls }: World, { id, orderId, awaits }: Listed) {
  const complaint = `${urls.returns}/complaints/${id}`
  if (awaits === 'judgement') {
    const rejected = {
      outcome: 'rejected',
      cause: 'misuse',
      grounds: 'It was dropped.',
      proof: 'Pictures of the dent.',
    }
    const shown = { instructionsCorrect: true, instructionsSupplied: true }
    const said = byId(id, 5) === 0 ? { ...rejected, ...shown } : { outcome: 'accepted' }
    const { status } = await ask('support', 'PUT', `${complaint}/assessment`, said)
    if (status >= 400) await ask('support', 'PUT', `${complaint}/assessment`, { outcome: 'accepted' })
    // Some are given something for their trouble all the same.
    if (byId(id, 4) === 0) await giveGoodwill({ ask, urls }, { id, orderId })
  } else if (awaits === 'choice') await ask('support', 'PUT', `${complaint}/rest`, { note: 'Asked by phone, twice.' })
  else if (awaits === 'defective-goods') {
    // What is not worth its freight may be kept; of the rest somebody goes and fetches it.
    if (byId(id, 2) === 0) await ask('support', 'PUT', `${complaint}/goods-waiver`, { note: 'Not worth its freight.' })
    else await ask('warehouse', 'PUT', `${complaint}/goods`, {})
  } else if (awaits === 'cure') {
    // What is to be mended comes in and is mended; some never is. What then goes to the customer, the warehouse sends.
    if (byId(id, 7) === 0) return
    await ask('warehouse', 'PUT', `${complaint}/goods`, {})
    await ask('support', 'PUT', `${complaint}/repair`)
  } else if (awaits === 'reduction') {
    const { body } = await ask('support', 'GET', complaint)
    const lower = (by: number) => ({
      lines: (body.lines as Units[]).map(({ lineId, quantity }) => ({ lineId, quantity, amount: by * quantity })),
    })
    const { status } = await ask('support', 'PUT', `${complaint}/price-reduction`, lower(1_000))
    // Of goods of which most was paid back before, little can be.
    if (status >= 400) await ask('support', 'PUT', `${complaint}/price-reduction`, lower(10))
  } else if (awaits === 'override') {
    // Another one looks, and mostly agrees.
    const verdict = { verdict: byId(id, 3) === 0 ? 'declined' : 'approved', why: 'Seen.' }
    await ask('manager', 'PUT', `${urls.returns}/overrides/${id}/verdict`, verdict)
  } else if (awaits === 'inspection' || awaits === 'check') await lookAtGoods({ ask, urls }, id, awaits)
  else if (awaits === 'assessment') await assess({ ask, urls }, id)
}

type Asking = Pick<World, 'ask' | 'urls'>

/** A little, as one person may give it alone. */
async function giveGoodwill({ ask, urls }: Asking, { id: caseId, orderId }: Pick<Listed, 'id' | 'orderId'>) {
  const given = { amount: GOODWILL, why: 'For the trouble.', caseId }
  await ask('support', 'PUT', `${urls.returns}/orders/${orderId}/goodwill/${crypto.randomUUID()}`, given)
}

type Units = { lineId: string; quantity: number }

/** Goods that came are looked at. */
async function lookAtGoods({ ask, urls }: Asking, id: string, awaits: 'inspection' | 'check') {
  const url = awaits === 'inspection' ? `${urls.returns}/returns/${id}` : `${urls.returns}/voluntary-returns/${id}`
  const { body } = await ask('warehouse', 'GET', url)
  const came = ((body.left ?? body.lines) as Units[]).map(({ lineId, quantity }) => ({ lineId, quantity }))
  const found =
    awaits === 'inspection'
      ? { complete: true, wear: 'tried', seal: 'intact', fitForSale: true }
      : { unused: true, undamaged: true, originalPackaging: true, fitForSale: true }
  await ask('warehouse', 'PUT', `${url}/${awaits}`, { units: came.map((unit) => ({ ...unit, ...found })) })
}

/** What is worth less is taken off, in part, where the law lets the shop; the customer is heard first. */
async function assess({ ask, urls }: Asking, id: string) {
  const url = `${urls.returns}/returns/${id}`
  const { body } = await ask('support', 'GET', url)
  const [unit] = (body.left ?? body.lines) as Units[]
  const deductions = unit ? [{ lineId: unit.lineId, quantity: 1, amount: 500, why: 'diminished-value' }] : []
  const said = { deductions, grounds: 'It was used.' }
  const { status } = await ask('support', 'PUT', `${url}/assessment`, said)
  if (status >= 400) await ask('support', 'PUT', `${url}/assessment`, { deductions: [], final: true })
}

/** The same for the same case every time: from 0 up to but not including `below`. */
const byId = (id: string, below: number) => Number.parseInt(id.replaceAll('-', '').slice(-6), 16) % below
