import { type TProperties, Type } from 'typebox'
import { EligibilityView, EntitlementsView } from './eligibility-view.ts'

/** What differs from line to line though the same holds for them. */
const OF_A_LINE = ['lineId', 'sku', 'quantity', 'returnable', 'cancellable', 'refundEstimate'] as const
type OfALine = (typeof OF_A_LINE)[number]
const isOfALine = (name: string): name is OfALine => (OF_A_LINE as readonly string[]).includes(name)

const split = <Line extends TProperties>(line: Line) => ({
  own: Object.fromEntries(OF_A_LINE.map((name) => [name, line[name]!])) as Pick<Line, OfALine>,
  rulings: Object.fromEntries(Object.entries(line).filter(([name]) => !isOfALine(name))) as Omit<Line, OfALine>,
})

const { lines: eligibleLines, ...eligibility } = EligibilityView.properties
const { lines: entitledLines, ...entitlements } = EntitlementsView.properties
const ofEligible = split(eligibleLines.items.properties)
const ofEntitled = split(entitledLines.items.properties)
const description = 'Lines of which the same holds, in the order of the first of each.'

/** As `Eligibility`, with every ruling said once for all the lines that it holds for. */
export const EligibilityOfAlike = Type.Object(
  {
    ...eligibility,
    groups: Type.Array(Type.Object({ lines: Type.Array(Type.Object(ofEligible.own)), ...ofEligible.rulings }), {
      description,
    }),
  },
  { title: 'EligibilityOfAlike' },
)
/** As `Entitlements`, with every ruling said once for all the lines that it holds for. */
export const EntitlementsOfAlike = Type.Object(
  {
    ...entitlements,
    groups: Type.Array(Type.Object({ lines: Type.Array(Type.Object(ofEntitled.own)), ...ofEntitled.rulings }), {
      description,
    }),
  },
  { title: 'EntitlementsOfAlike' },
)

type Line = {
  lineId: string
  sku: string
  quantity: number
  returnable: number
  cancellable: number
  refundEstimate: object
}

/**
 * Lines by what holds for them: an order of a hundred lines has few rulings, and each has the sentences of the law with it. Lines of which something
 * may go back and lines of which nothing may are never together, since the first have more to be told.
 */
export function alike<Whole extends { lines: readonly Line[] }>({ lines, ...whole }: Whole) {
  const numberOf = createNumbers()
  const groups = new Map<string, { lines: Line[] }>()
  for (const { lineId, sku, quantity, returnable, cancellable, refundEstimate, ...rulings } of lines) {
    const own = { lineId, sku, quantity, returnable, cancellable, refundEstimate }
    const key = `${returnable > 0} ${Object.entries(rulings).map(([name, ruling]) => `${name}=${numberOf(ruling)}`)}`
    const group = groups.getOrInsertComputed(key, () => ({ lines: [], ...rulings }))
    group.lines.push(own)
  }
  return { ...whole, groups: [...groups.values()] }
}

/** A number for each thing that is said: the same for what reads the same. Lines that are alike share most of their rulings. */
function createNumbers() {
  const byText = new Map<string, number>()
  const byRuling = new Map<unknown, number>()
  return (ruling: unknown) =>
    byRuling.getOrInsertComputed(ruling, () =>
      byText.getOrInsertComputed(JSON.stringify(ruling) ?? '', () => byText.size),
    )
}
