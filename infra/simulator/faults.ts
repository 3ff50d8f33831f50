/**
 * What goes wrong. `delay` lets the request go on after a while, or once something came true in this process;
 * everything else takes the place of the answer. `fin` closes the connection politely, `reset` rudely; `stall_body` sends
 * the headers and then nothing more, `truncate` breaks off.
 */
export type FaultAction =
  | { type: 'delay'; ms?: number; until?: Promise<unknown> }
  | { type: 'hang' }
  | { type: 'reset' }
  | { type: 'status'; status: number; code?: string; messages?: string[]; headers?: Record<string, string> }
  | { type: 'html'; status?: number }
  | { type: 'malformed'; status?: number }
  | { type: 'truncate' }
  | { type: 'fin' }
  | { type: 'stall_body' }
  | { type: 'empty_body' }
  | { type: 'redirect'; location: string; status?: number }
  | { type: 'drop_header'; name: string }

/** What goes wrong when the provider calls the shop. */
export type PushFault =
  | { type: 'duplicate_push' }
  | { type: 'delay_push'; ms?: number; until?: Promise<unknown> }
  | { type: 'drop_push' }

/**
 * A fault for the requests whose method and path match (a path is a regular expression, found anywhere). `before` the
 * effect nothing happens at the provider; `after` it, it has happened and only the answer suffers. Of a call to the shop
 * the path is its whole address, the method what the simulator calls it by, and the phase does not matter.
 */
export type FaultRule = {
  match?: {
    method?: string
    path?: string | RegExp
    /** Spares the first nth − 1 matching requests; 1 by default. */
    nth?: number
  }
  phase: 'before' | 'after'
  action: FaultAction | PushFault
  /** How often it strikes; 1 by default. */
  times?: number
}

const ANSWERS = [
  'delay',
  'hang',
  'reset',
  'fin',
  'status',
  'redirect',
  'html',
  'malformed',
  'empty_body',
  'stall_body',
  'truncate',
  'drop_header',
]
const PUSHES = ['duplicate_push', 'delay_push', 'drop_push']
const ACTIONS = [...ANSWERS, ...PUSHES]
const MAX_RULES = 1_000

/** The faults that are in store, in the order in which they were added. */
export function createFaults() {
  let rules: (FaultRule & { path: RegExp; seen: number; struck: number })[] = []
  let struck = 0

  function next(kinds: string[], phase: FaultRule['phase'] | null, method: string, path: string) {
    for (const rule of rules) {
      if (!kinds.includes(rule.action.type) || (phase !== null && rule.phase !== phase)) continue
      if (!rule.path.test(path) || (rule.match?.method !== undefined && rule.match.method !== method)) continue
      rule.seen += 1
      if (rule.seen < (rule.match?.nth ?? 1) || rule.struck >= (rule.times ?? 1)) continue
      rule.struck += 1
      struck += 1
      return rule.action
    }
    return null
  }

  return {
    /** Throws when it is not a rule, with a sentence that says why. */
    add(rule: FaultRule) {
      if (!ACTIONS.includes(rule.action?.type)) throw new TypeError(`The action is none of ${ACTIONS.join(', ')}.`)
      if (rule.phase !== 'before' && rule.phase !== 'after') throw new TypeError('The phase is not before or after.')
      if (rule.action.type === 'drop_header' && rule.phase === 'before') {
        throw new TypeError('Before the effect there is no answer whose header could be dropped.')
      }
      if (rules.length >= MAX_RULES) rules = rules.filter(({ struck: times, times: most = 1 }) => times < most)
      if (rules.length >= MAX_RULES) throw new TypeError(`There are ${MAX_RULES} rules already.`)
      rules.push({ ...rule, path: new RegExp(rule.match?.path ?? ''), seen: 0, struck: 0 })
    },
    clear() {
      rules = []
    },
    /** The fault that strikes this request now, if any. */
    strike: (phase: FaultRule['phase'], method: string, path: string) =>
      next(ANSWERS, phase, method, path) as FaultAction | null,
    /** The fault that strikes this call to the shop now, if any. */
    strikePush: (url: string, name = 'POST') => next(PUSHES, null, name, url) as PushFault | null,
    /** How many have struck since the start. */
    struck: () => struck,
  }
}
export type Faults = ReturnType<typeof createFaults>
