import type { FaultRule, Faults } from '@vilkar/simulator/faults.ts'

/** As good as for ever. */
const ALWAYS = 1_000_000_000
const every = (rule: Omit<FaultRule, 'times'>): FaultRule => ({ ...rule, times: ALWAYS })

const away = every({ phase: 'before', action: { type: 'status', status: 503 } })
const answersLost = every({ phase: 'after', action: { type: 'reset' } })
const callsLost = every({ phase: 'before', action: { type: 'drop_push' } })

/** What can be made to go wrong at a partner, until it is put right again. */
export const faultKinds = {
  away: { label: 'does not answer', rules: [away] },
  'answers-lost': { label: 'does what it is asked, and its answers are lost', rules: [answersLost] },
  'calls-lost': { label: 'answers, and its calls to the shop are lost', rules: [callsLost] },
  slow: {
    label: 'answers after three seconds',
    rules: [every({ phase: 'before', action: { type: 'delay', ms: 3_000 } })],
  },
} satisfies Record<string, { label: string; rules: FaultRule[] }>
export type FaultKind = keyof typeof faultKinds
export const isFaultKind = (text: unknown): text is FaultKind =>
  typeof text === 'string' && Object.hasOwn(faultKinds, text)

export const partners = { provider: 'The payment provider', carriers: 'The carriers' }
export type Partner = keyof typeof partners
export const isPartner = (text: unknown): text is Partner => typeof text === 'string' && Object.hasOwn(partners, text)

/** Switches of the partners' simulators: one fault at a time of each, or none. */
export function createFaultSwitches(faultsOf: Record<Partner, Pick<Faults, 'add' | 'clear'>>) {
  const on: Partial<Record<Partner, FaultKind>> = {}
  return {
    status: () => ({ ...on }),
    set(partner: Partner, kind: FaultKind | 'none') {
      const faults = faultsOf[partner]
      faults.clear()
      delete on[partner]
      if (kind === 'none') return
      for (const rule of faultKinds[kind].rules) faults.add(rule)
      on[partner] = kind
    },
  }
}
export type FaultSwitches = ReturnType<typeof createFaultSwitches>
