import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { type Static, Type } from 'typebox'
import { ControllerId } from '../../policies/controllers.ts'
import { owed } from '../breach.ts'
import type { StoredBreach } from '../breach-store.ts'

export const Text = Type.String({ minLength: 1, maxLength: 4_000 })
export const Risk = Type.Union([Type.Literal('none'), Type.Literal('risk'), Type.Literal('high')], {
  description: 'For the people concerned; what nobody knows yet is a risk.',
})
const Party = Type.Union([Type.Literal('authority'), Type.Literal('people')])
const Notice = Type.Object({
  says: Type.Array(Type.String(), { description: 'What it must say.' }),
  missing: Type.Array(Type.String(), { description: 'What of it is not known yet, and follows.' }),
  reasons: Reasons,
})

export const BreachView = Type.Object(
  {
    ...{ id: Id, controller: ControllerId, foundAt: Instant, openedAt: Instant, risk: Risk },
    ...{ nature: Type.String(), categories: Type.Array(Type.String()), people: Type.Optional(Type.Integer()) },
    contact: Type.Optional(Type.String()),
    consequences: Type.Optional(Type.String()),
    measures: Type.Optional(Type.String()),
    authorityBy: Type.Optional(
      Type.String({ description: 'When the 72 hours end; they run through nights and holidays.' }),
    ),
    tellPeople: Type.Boolean(),
    open: Type.Array(Party, { description: 'Who has still to be told.' }),
    notice: Type.Object({ authority: Type.Optional(Notice), people: Type.Optional(Notice) }),
    reportedAt: Type.Optional(Type.String()),
    reference: Type.Optional(Type.String()),
    delay: Type.Optional(Type.String()),
    peopleToldAt: Type.Optional(Type.String()),
    how: Type.Optional(Type.String()),
    closedAt: Type.Optional(Type.String()),
    outcome: Type.Optional(Type.String()),
    reasons: Reasons,
  },
  { title: 'Breach' },
)

export function viewOf({ id, state, personal }: StoredBreach): Static<typeof BreachView> {
  const { authorityBy, tellPeople, notice, open, reasons } = owed(state, personal)
  const { by: _, reportedBy: __, toldBy: ___, closedBy: ____, ...words } = personal
  const partOf = (part: NonNullable<(typeof notice)['authority']>) => ({ ...part, says: [...part.says] })
  return {
    ...{ id, ...state, ...words, controller: state.controller as Static<typeof ControllerId> },
    ...(authorityBy && { authorityBy: authorityBy.toString() }),
    ...{ tellPeople, open, reasons },
    notice: {
      ...(notice.authority && { authority: partOf(notice.authority) }),
      ...(notice.people && { people: partOf(notice.people) }),
    },
  }
}
