/**
 * What goes wrong. `delay` lets the request go on after a while, or once something came true in this process;
 * everything else takes the place of the answer. Those named for a push befall a webhook instead.
 */
export type FaultAction =
  | { type: 'delay'; ms?: number; until?: Promise<unknown> }
  | { type: 'hang' }
  | { type: 'reset' }
  | { type: 'fin' }
  | { type: 'status'; status: number; code?: string; messages?: string[]; headers?: Record<string, string> }
  | { type: 'html'; status?: number }
  | { type: 'malformed'; status?: number }
  | { type: 'truncate' }
  | { type: 'stall_body' }
  | { type: 'empty_body' }
  | { type: 'drop_header'; name: string }
  | PushAction
export type PushAction =
  | { type: 'duplicate_push' }
  | { type: 'delay_push'; ms?: number; until?: Promise<unknown> }
  | { type: 'drop_push' }
export type AnswerAction = Exclude<FaultAction, PushAction>

/**
 * A fault for the requests whose method and path match (a path is a regular expression, found anywhere). `before` the
 * effect nothing happens at Vipps; `after` it, it has happened and only the answer suffers. A webhook's method is the
 * name of its event, such as AUTHORIZED, and its phase is always `after`.
 */
export type FaultRule = {
  match?: {
    method?: string
    path?: string | RegExp
    /** Spares the first nth − 1 matching requests; 1 by default. */
    nth?: number
  }
  phase: 'before' | 'after'
  action: FaultAction
  /** How often it strikes; 1 by default. */
  times?: number
}

const PUSHES = new Set(['duplicate_push', 'delay_push', 'drop_push'])
const ANSWERS = new Set(
  'delay hang reset fin status html malformed truncate stall_body empty_body drop_header'.split(' '),
)
const MAX_RULES = 1_000

/** The faults that are in store, in the order in which they were added. */
export function createFaults() {
  let rules: (FaultRule & { pattern: RegExp; seen: number; struck: number })[] = []
  let total = 0

  function strike(kind: ReadonlySet<string>, phase: FaultRule['phase'], method: string, path: string) {
    for (const rule of rules) {
      if (!kind.has(rule.action.type) || rule.phase !== phase || !rule.pattern.test(path)) continue
      if (rule.match?.method !== undefined && rule.match.method !== method) continue
      rule.seen += 1
      if (rule.seen < (rule.match?.nth ?? 1) || rule.struck >= (rule.times ?? 1)) continue
      rule.struck += 1
      total += 1
      return rule.action
    }
    return null
  }

  return {
    /** Throws when it is not a rule, with a sentence that says why. */
    add(rule: FaultRule) {
      const type = rule.action?.type
      if (!ANSWERS.has(type) && !PUSHES.has(type)) throw new TypeError(`There is no action ${type}.`)
      if (rule.phase !== 'before' && rule.phase !== 'after') throw new TypeError('The phase is not before or after.')
      if (rule.phase === 'before' && (type === 'drop_header' || PUSHES.has(type))) {
        throw new TypeError('Before the effect there is nothing yet that this could befall.')
      }
      if (rules.length >= MAX_RULES) rules = rules.filter(({ struck, times = 1 }) => struck < times)
      if (rules.length >= MAX_RULES) throw new TypeError(`There are ${MAX_RULES} rules already.`)
      rules.push({ ...rule, pattern: new RegExp(rule.match?.path ?? ''), seen: 0, struck: 0 })
    },
    clear() {
      rules = []
    },
    /** How many faults have struck since the start. */
    struck: () => total,
    /** The fault that strikes this request now, if any. */
    strike: (phase: FaultRule['phase'], method: string, path: string) =>
      strike(ANSWERS, phase, method, path) as AnswerAction | null,
    /** The fault that strikes this webhook now, if any. */
    strikePush: (eventName: string, url: string) => strike(PUSHES, 'after', eventName, url) as PushAction | null,
  }
}
export type Faults = ReturnType<typeof createFaults>
