import type { ReplacementAnswered, ReplacementReleased } from '@vilkar/contracts/orders-replacement.ts'
import { accept } from '@vilkar/decider/decider.ts'
import type { DataOf, PlacedOrder } from './state.ts'

/** Units that replace defective ones: whether there were any, once for each attempt, and that they are in stock again. */
export type Replacement = Pick<ReplacementAnswered['data'], 'cureId' | 'returnId' | 'lines' | 'outcome'> & {
  released?: true
}

const known = ({ replacements = [] }: PlacedOrder, cureId: string) =>
  replacements.find((each) => each.cureId === cureId)

/** Whether an attempt was answered before: then nothing is taken once more. */
export const isAnswered = (state: PlacedOrder, cureId: string) => known(state, cureId) !== undefined

/** What an attempt took out of stock and has not given back. */
export function heldFor(state: PlacedOrder, cureId: string) {
  const found = known(state, cureId)
  return found?.outcome === 'reserved' && !found.released ? found.lines : []
}

export function answerReplacement({ at, ...data }: DataOf<'AnswerReplacement'>, state: PlacedOrder) {
  if (isAnswered(state, data.cureId)) return accept()
  return accept({ type: 'ReplacementAnswered', data: { ...data, answeredAt: at } } satisfies ReplacementAnswered)
}

export function releaseReplacement({ orderId, at, cureId }: DataOf<'ReleaseReplacement'>, state: PlacedOrder) {
  const found = known(state, cureId)
  if (found === undefined || found.released) return accept()
  const data = { orderId, cureId, returnId: found.returnId, lines: heldFor(state, cureId), releasedAt: at }
  return accept({ type: 'ReplacementReleased', data } satisfies ReplacementReleased)
}

export const withReplacement = ({ replacements = [] }: PlacedOrder, data: ReplacementAnswered['data']) => {
  const { cureId, returnId, lines, outcome } = data
  return [...replacements, { cureId, returnId, lines, outcome }]
}

export const withRelease = ({ replacements = [] }: PlacedOrder, { cureId }: ReplacementReleased['data']) =>
  replacements.map((each) => (each.cureId === cureId ? { ...each, released: true as const } : each))
