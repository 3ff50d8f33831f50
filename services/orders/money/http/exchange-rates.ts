import { Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { keepRate, readRates } from '../exchange-rates.ts'

const strict = { additionalProperties: false }
const Currency = Type.Enum(['EUR'], { description: 'What is sold in besides kroner.' })
/** At most six decimals of which one is not 0. */
const ABOVE_NOTHING = Array.from({ length: 6 }, (_, zeros) => `0{${zeros}}[1-9][0-9]{0,${5 - zeros}}`).join('|')
const Rate = Type.String({
  pattern: `^(0\\.(${ABOVE_NOTHING})|[1-9][0-9]{0,5}(\\.[0-9]{1,6})?)$`,
  errorMessage: 'must be kroner for one unit with a point and at most six decimals, such as 11.733',
  description: 'Kroner for one unit of the currency.',
  examples: ['11.733'],
})
const RateView = Type.Object(
  {
    ...{ currency: Currency, day: Type.String({ format: 'date' }), rate: Rate, source: Type.String() },
    ...{ by: Type.String({ description: 'Subject of the token.' }), saidAt: Instant },
  },
  { title: 'ExchangeRate' },
)
const MAX_LISTED = 100

/** Rates by which documents in another currency state their VAT in kroner: finance gives them, or a program that reads Norges Bank's. */
export function exchangeRates(server: Server, deps: Deps) {
  server.put(
    '/exchange-rates/:currency/:day',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'giveExchangeRate',
        summary: 'Give the rate of a currency on a day',
        description:
          'As its source published it. Documents that are issued on that day, and in the week after it while no newer rate is known, state their VAT in kroner by it, with its day and source (bokføringsforskriften § 5-1-1); those that wait for it get theirs at once. What a document has said it keeps, also when the rate of a day is said anew.',
        tags: ['payments'],
        params: Type.Object({ currency: Currency, day: Type.String({ format: 'date' }) }),
        body: Type.Object(
          { rate: Rate, source: Type.String({ minLength: 1, maxLength: 100, examples: ['Norges Bank'] }) },
          { ...strict, title: 'ExchangeRateInput' },
        ),
        response: { 200: RateView, ...problems(400, 401, 403) },
      },
    },
    async ({ params: { currency, day }, body: { rate, source }, caller }) => {
      const now = deps.clock.now()
      if (Temporal.PlainDate.compare(day, osloDay(now)) > 0)
        throw invalidField('params.day', 'must not be still to come')
      const said = { currency, day, rate, source, saidBy: caller.subject, saidAt: now.toString() }
      await transact(deps, (trx) => keepRate(trx, said))
      return viewOf(said)
    },
  )
  server.get(
    '/exchange-rates/:currency',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listExchangeRates',
        summary: 'The rates of a currency that were given, the newest day first',
        tags: ['payments'],
        params: Type.Object({ currency: Currency }),
        response: { 200: Type.Object({ items: Type.Array(RateView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { currency } }) => ({
      items: (await readRates(deps.db, currency, MAX_LISTED)).map(viewOf) as never,
    }),
  )
}

const viewOf = ({ saidBy: by, ...rate }: Parameters<typeof keepRate>[1]) => ({ ...rate, by }) as never
