/**
 * What goes wrong. `delay` lets the request go on after a while, or once something came true in this process;
 * everything else takes the place of the answer.
 */
export type FaultAction =
  | { type: 'delay'; ms?: number; until?: Promise<unknown> }
  | { type: 'hang' }
  | { type: 'reset' }
  | { type: 'status'; status: number; code?: string; messages?: string[]; headers?: Record<string, string> }
  | { type: 'html'; status?: number }
  | { type: 'malformed'; status?: number }
  | { type: 'truncate' }
  | { type: 'drop_header'; name: string }

/**
 * A fault for the requests whose method and path match (a path is a regular expression, found anywhere). `before` the
 * effect nothing happens at Klarna; `after` it, it has happened and only the answer suffers.
 */
export type FaultRule = {
  match: {
    method?: string
    path?: string | RegExp /** Spares the first nth − 1 matching requests; 1 by default. */
    nth?: number
  }
  phase: 'before' | 'after'
  action: FaultAction
  /** How often it strikes; 1 by default. */
  times?: number
}

const ACTIONS = ['delay', 'hang', 'reset', 'status', 'html', 'malformed', 'truncate', 'drop_header']
const MAX_RULES = 1_000

/** The faults that are in store, in the order in which they were added. */
export function createFaults() {
  let rules: (FaultRule & { path: RegExp; seen: number; struck: number })[] = []
  return {
    /** Throws when it is not a rule, with a sentence that says why. */
    add(rule: FaultRule) {
      if (!ACTIONS.includes(rule.action?.type)) throw new TypeError(`The action is none of ${ACTIONS.join(', ')}.`)
      if (rule.phase !== 'before' && rule.phase !== 'after') throw new TypeError('The phase is not before or after.')
      if (rule.action.type === 'drop_header' && rule.phase === 'before') {
        throw new TypeError('Before the effect there is no answer whose header could be dropped.')
      }
      if (rules.length >= MAX_RULES) throw new TypeError(`There are ${MAX_RULES} rules already.`)
      rules.push({ ...rule, path: new RegExp(rule.match?.path ?? ''), seen: 0, struck: 0 })
    },
    clear() {
      rules = []
    },
    /** The fault that strikes this request now, if any. */
    strike(phase: FaultRule['phase'], method: string, path: string): FaultAction | null {
      for (const rule of rules) {
        if (rule.phase !== phase || !rule.path.test(path)) continue
        if (rule.match?.method !== undefined && rule.match.method !== method) continue
        rule.seen += 1
        if (rule.seen < (rule.match?.nth ?? 1) || rule.struck >= (rule.times ?? 1)) continue
        rule.struck += 1
        return rule.action
      }
      return null
    },
  }
}
export type Faults = ReturnType<typeof createFaults>
