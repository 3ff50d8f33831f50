import { Id, Instant } from '@vilkar/contracts/event.ts'
import { type Static, Type } from 'typebox'
import type { ExportRow, PartRow } from '../store.ts'

const Part = Type.Object(
  {
    ...{ system: Type.String(), record: Type.String() },
    holder: Type.String({ description: 'Of the shop’s own orders the service; of other systems the system.' }),
    status: Type.Union([Type.Literal('wanted'), Type.Literal('there'), Type.Literal('left-out')]),
    answerBy: Type.String({ ...Instant, description: 'When an answer is missed, and a person called.' }),
  },
  { title: 'ExportPart' },
)
export const ExportView = Type.Object(
  {
    id: Type.String({ ...Id, description: 'That of the request.' }),
    controller: Type.String(),
    kind: Type.Union([Type.Literal('access'), Type.Literal('portability')]),
    language: Type.Union([Type.Literal('nb'), Type.Literal('en')]),
    status: Type.Union(
      [Type.Literal('collecting'), Type.Literal('ready'), Type.Literal('ended'), Type.Literal('erased')],
      {
        description: 'ended: the link ended, and the archive with it; erased: the person or what is in it was erased.',
      },
    ),
    ...{ begunAt: Instant, readyAt: Type.Optional(Instant) },
    until: Type.Optional(Type.String({ ...Instant, description: 'When the link ends.' })),
    parts: Type.Array(Part),
  },
  { title: 'ExportState' },
)

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

/** An export as the desk sees it: what is there and what is waited for, and nothing of the person. */
export function exportView(row: ExportRow, parts: readonly PartRow[]): Static<typeof ExportView> {
  const { id, controller, kind, language, status, begun_at, ready_at, until } = row
  return {
    ...{ id, controller, kind, language, status, begunAt: instant(begun_at) },
    ...(ready_at !== null && { readyAt: instant(ready_at) }),
    ...(until !== null && { until: instant(until) }),
    parts: parts.map(({ answer_by, ...part }) => ({ ...part, answerBy: instant(answer_by) })),
  }
}
