import type { Random } from '../random.ts'
import type { Stage } from '../stage.ts'
import { createEarlyEnd, createPortalUser, type MovedByHand } from './by-hand.ts'
import { createCustomer } from './customer.ts'
import { createAsker } from './data.ts'
import { createInsist, until } from './persist.ts'
import { createSupport } from './support.ts'
import { createTeller } from './tell-of.ts'
import { createWarehouse } from './warehouse.ts'
import { createWindUp } from './wind-up.ts'

/** What people need of where they play. */
export type Surroundings = Omit<Stage, 'orders' | 'stop' | 'look' | 'privacyClock'>

/** What customers, a warehouse and support do to the orders of a storm; each keeps on until it is heard. */
export function createPeople(stage: Surroundings) {
  const insist = createInsist(stage.call)
  const byHand: MovedByHand = new Map()
  const unwilling = new Set<string>()
  const customer = createCustomer(stage, insist)
  const warehouse = createWarehouse(stage, insist)
  return {
    ...customer,
    ...warehouse,
    ...createSupport({ ...stage, insist, byHand, unwilling }),
    windUp: createWindUp(stage, { ...customer, ...warehouse, unwilling }),
    endEarly: createEarlyEnd(stage),
    moveByHand: createPortalUser(stage, insist, byHand),
    askOfData: createAsker(stage, insist),
    tellOf: createTeller(stage),
  }
}

export type People = ReturnType<typeof createPeople>

/** The life of one order, as the seed decides it. */
export async function live(people: People, n: number, random: Random): Promise<void> {
  const order = await people.buy(n, random)
  try {
    await liveOn(people, order, random)
  } catch (error) {
    // Said at once: what others run into when the stage is struck would hide it.
    console.error(`Order ${n} came to no end:`, error, await people.tellOf(order.id))
    throw error
  }
}

async function liveOn(people: People, order: Awaited<ReturnType<People['buy']>>, random: Random) {
  // Of what is moved by hand nothing else is to go wrong: who moves it waits until there is something.
  const byHand = random.chance(0.04) ? 'capture' : random.chance(0.05) ? 'refund' : undefined
  if (byHand === undefined && random.chance(0.15)) people.endSoon(order.id, random)
  const declines = random.chance(0.08)
  const regrets = declines || random.chance(0.1)
  await people.pay(order, declines ? 'decline' : 'approve', regrets, random)
  if (regrets) return people.cancel(order.id)
  await until('the contract is formed', async () =>
    ['awaiting-payment', 'awaiting-confirmation'].includes(await people.statusOf(order.id)) ? undefined : true,
  )
  // Whose payment ran out before it was made has no order any more.
  if ((await people.statusOf(order.id)) === 'cancelled') return
  const mayWithdraw = order.kind === 'consumer'
  const changeMind = async () => {
    const withdraws = mayWithdraw && random.chance(0.5)
    if (withdraws) await people.withdraw(order.id, random)
    else await people.cancelSome(order.id, random)
  }
  if (random.chance(0.15)) await people.cancel(order.id)
  else if (byHand === 'capture') await people.moveByHand(byHand, order.id, random)
  else if (random.chance(0.2)) await changeMind()
  if (byHand === undefined && random.chance(0.06)) await people.endEarly(order.id)
  const meanwhile = async () => {
    if (random.chance(0.15)) await changeMind()
  }
  const sent = await people.send(order.id, random, meanwhile)
  if (sent && byHand === 'refund') await people.moveByHand(byHand, order.id, random)
  if (sent && mayWithdraw && random.chance(0.5)) await people.giveBack(order.id, random)
}
