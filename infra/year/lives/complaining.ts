import { someOf } from '@vilkar/storm/people/some-of.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import { decideOtherwise, haveLabel } from './agreeing.ts'
import type { Bought } from './buying.ts'
import { send } from './sending.ts'

type Units = { lineId: string; quantity: number }
const channels = ['email', 'phone', 'chat', 'letter'] as const
/** So often a customer looks what became of a complaint. */
const MOST_LOOKS = 40

/** Complains of some units, chooses what the law lets them choose, says so when it does not help, and sends back what is to go back. */
export async function* complain(world: World, order: Bought, random: Random): Life {
  const { ask, urls, clock } = world
  const { body: seen } = await ask('support', 'GET', `${urls.orders}/orders/${order.id}`)
  const lines = someOf(seen.lines as Units[], random)
  const noticedAt = clock
    .now()
    .subtract({ hours: 24 * random.between(0, 3) })
    .toString()
  const said = { lines, defect: 'It does not work any more.', noticedAt }
  const { status, body } = await (random.chance(0.5)
    ? ask('storefront', 'POST', `${urls.returns}/orders/${order.id}/complaints`, said)
    : ask('support', 'POST', `${urls.returns}/orders/${order.id}/complaints`, {
        ...said,
        channel: random.pick(channels),
      }))
  if (status === 201) yield* follow(world, order, body.id, random)
  else if (random.chance(0.5)) yield* haveTaken(world, order, lines, random)
}

/** What the rules refuse is taken all the same, at once or once another one agrees. */
async function* haveTaken(world: World, order: Bought, lines: Units[], random: Random): Life {
  const { status } = await decideOtherwise(world, order, 'complaint', lines)
  if (status !== 201) return
  yield 3
  const { body } = await world.ask('support', 'GET', `${world.urls.returns}/orders/${order.id}/overrides`)
  const taken = (body.items as { about: string; status: string; caseId?: string }[]).findLast(
    (each) => each.about === 'complaint' && each.status === 'decided',
  )
  if (taken) yield* follow(world, order, taken.caseId!, random)
}

async function* follow(world: World, order: Bought, id: string, random: Random): Life {
  const { ask, urls } = world
  const url = `${urls.returns}/complaints/${id}`
  const gives = random.chance(0.9)
  const chooses = random.chance(0.9)
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    yield random.between(1, 4)
    const { body } = await ask('support', 'GET', url)
    const { status, choices } = body as { status: string; choices: string[] }
    if (['rejected', 'closed', 'ended', 'refund-decided'].includes(status)) return
    if (status === 'accepted' && choices.length > 0 && chooses) {
      if (random.chance(0.05)) return void (await ask('storefront', 'PUT', `${url}/giving-up`))
      await ask('storefront', 'PUT', `${url}/choice`, { remedy: random.pick(choices) })
    }
    if ((status === 'curing' || status === 'returning') && random.chance(0.2)) await haveLabel(world, id, random)
    // What is sent instead, or was mended, leaves the warehouse as anything else does.
    if (status === 'curing') yield* send(world, order, random)
    if (status === 'cured') {
      // What others were sent for goes back, by most.
      if (body.defective && gives) await ask('warehouse', 'PUT', `${url}/goods`, {})
      if (random.chance(0.7)) return
      await ask('storefront', 'PUT', `${url}/failure`, { defect: 'It does not work again.' })
    }
    if (status === 'returning' && gives) await ask('warehouse', 'PUT', `${url}/receipt`, {})
  }
}
