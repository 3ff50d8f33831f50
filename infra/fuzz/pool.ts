import type { Random } from '@vilkar/storm/random.ts'

const KEPT_PER_NAME = 60
const MAX_LENGTH = 200
const PAYMENT_LINK = /\/payments\/([0-9a-f-]{36})$/
type Scalar = string | number

/**
 * What answers said, by the name of the field that said it: later requests use it, so that they ask about orders, quotes and
 * returns that there are. `quoteId` is also looked for among what was called `id`, `acceptedTermsSha256` among `sha256`.
 */
export function createPool() {
  const known = new Map<string, Scalar[]>()
  function keep(name: string, value: Scalar) {
    const values = known.getOrInsert(name, [])
    if (values.includes(value)) return
    values.push(value)
    if (values.length > KEPT_PER_NAME) values.shift()
  }
  return {
    /** Takes in every text and number of an answer about a resource, such as `orders`, and the payment that a link leads to. */
    harvest(answer: unknown, resource: string) {
      const open: [name: string, value: unknown][] = [['', answer]]
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const [name, value] = next
        if (name === 'id') keep(`${resource} id`, value as Scalar)
        const [, payment] = typeof value === 'string' ? (PAYMENT_LINK.exec(value) ?? []) : []
        if (payment !== undefined) keep('payments id', payment)
        if (typeof value === 'string' ? value.length <= MAX_LENGTH : typeof value === 'number')
          keep(name, value as Scalar)
        else if (Array.isArray(value)) for (const each of value) open.push([name, each])
        else if (typeof value === 'object' && value !== null) open.push(...Object.entries(value))
      }
    },
    /** A value that a field of this name, or one that its name ends in, had; undefined when there was none. */
    pick(name: string, random: Random, resource = ''): Scalar | undefined {
      const own = known.get(`${resource} ${name}`)
      if (own !== undefined) return random.pick(own)
      const ends = [...known.keys()].filter((other) => other !== '' && name.toLowerCase().endsWith(other.toLowerCase()))
      const names = known.has(name) ? [name, ...ends] : ends
      return names.length === 0 ? undefined : random.pick(known.get(random.pick(names))!)
    },
  }
}
export type Pool = ReturnType<typeof createPool>
