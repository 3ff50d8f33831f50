import { Day } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { lazily } from '@vilkar/server/lazily.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { dueOn, lookAgainOn, readRegister, tablesOn } from '@vilkar/terms/statute/register.ts'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const RegisteredAct = Type.Object(
  {
    act: Type.String({ examples: ['angrerettloven'] }),
    status: Type.Union([Type.Literal('in-force'), Type.Literal('enacted'), Type.Literal('unknown')], {
      description: 'enacted: made, and not applied yet. unknown: nobody could say when it was looked at.',
    }),
    version: Type.Optional(Type.String({ ...Day, description: 'The first day of the text that answers paraphrase.' })),
    note: Type.Optional(
      Type.String({ description: 'From when it applies and to whom, where the status does not say.' }),
    ),
    source: Type.String({ description: 'Where it was looked at.' }),
    checkedOn: Type.String({ ...Day, description: 'When somebody last looked.' }),
    how: Type.Union([Type.Literal('read'), Type.Literal('second-hand'), Type.Literal('not-read')], {
      description:
        'read: our words beside the text itself. second-hand: at what others write of it. not-read: taken over and compared with nothing.',
    }),
    lookAgainOn: Type.String({ ...Day, description: 'From when it is due for another look.' }),
    due: Type.Boolean({ description: 'It is due.' }),
  },
  { title: 'RegisteredAct' },
)
const TableOfLaw = Type.Object(
  {
    table: Type.Union([
      Type.Literal('public-holidays'),
      Type.Literal('late-payment-rates', { description: 'Of interest on late payment (forsinkelsesrenteloven § 3).' }),
    ]),
    knownTo: Type.String({ ...Day, description: 'The last day that it knows.' }),
    due: Type.Boolean({ description: 'Somebody must make it longer.' }),
  },
  { title: 'TableOfLaw' },
)

/** The Acts that answers rest on, and when somebody must read them again: what `pnpm law` says, as a work list. */
export function law(server: Server, { clock }: Deps) {
  // It is part of the program: to look through its folder for each answer was half of what all that waits costs orders.
  const registerOf = lazily(readRegister)
  server.get(
    '/law',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readLaw',
        summary: 'The law that answers rest on, and when it was last looked at',
        description: 'Every Act of the register, what is due for another look first, the longest ago first among it.',
        tags: ['terms'],
        response: {
          200: Type.Object(
            { items: Type.Array(RegisteredAct), tables: Type.Array(TableOfLaw) },
            { title: 'RegisterOfLaw' },
          ),
          ...problems(401, 403),
        },
      },
    },
    async () => {
      const today = osloDay(clock.now())
      const register = await registerOf()
      const due = dueOn(register, today)
      return {
        items: [...due, ...register.filter((each) => !due.includes(each))].map(({ checked, ...act }) => ({
          ...{ act: act.act, status: act.status, version: act.version, note: act.note, source: act.source },
          ...{ checkedOn: checked.on, how: checked.how, lookAgainOn: lookAgainOn(checked.on).toString() },
          due: due.some((each) => each.act === act.act),
        })),
        tables: tablesOn(today),
      }
    },
  )
}
