import { lasts, type Person } from '../diary.ts'
import type { Finding } from './check.ts'

/** What somebody’s own words come to at a moment; undefined when they never said anything of it. */
export function mayBeReached({ words, restrictions }: Person, purpose: string, now: number): boolean | undefined {
  const yes = words.findLast((word) => word.purpose === purpose && word.says === 'yes')
  const no = words.findLast((word) => word.says === 'no' && (word.purpose === purpose || word.purpose === 'all'))
  const stored = restrictions.findLast((each) => lasts(each, now))
  if (yes === undefined) return no === undefined && stored === undefined ? undefined : false
  return (no === undefined || no.at < yes.at) && (stored === undefined || stored.from < yes.at)
}

type Ask = (role: 'support', method: string, path: string) => Promise<{ body: { outcome: string } }>

/** Asks whether somebody may be reached, of who said so or that they may not, and holds the answer against their words. */
export async function checkPermission(
  ask: Ask,
  { person, controller, purpose, now }: { person: Person; controller: string; purpose: string; now: number },
): Promise<Finding[]> {
  const may = mayBeReached(person, purpose, now)
  if (may === undefined) return []
  // Who said no is not to be written to as a customer either.
  const similar: Record<string, string> = may || purpose !== 'newsletter' ? {} : { similarGoods: 'true' }
  const search = new URLSearchParams({ controller, kind: 'email', value: person.email, purpose, ...similar })
  const { outcome } = (await ask('support', 'GET', `/permission?${search}`)).body
  if ((outcome === 'granted') === may) return []
  const said = person.words.map(({ purpose, says, at }) => `${says} to ${purpose} ${momentOf(at)}`)
  const stored = person.restrictions.map(
    ({ from, until }) => `only stored ${momentOf(from)}–${until ? momentOf(until) : ''}`,
  )
  const says = `${purpose} is ${outcome}: ${[...said, ...stored].join(', ')}`
  return [{ fault: may ? 'unreached' : 'reached', about: `person ${person.n} ${purpose}`, says }]
}

const momentOf = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toString()
