import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import type { Comparison } from '@vilkar/terms/cases/compare.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false }
const EditionId = Type.String({
  maxLength: 129,
  pattern: '^[^/]+/[^/]+$',
  errorMessage: 'must be an edition, such as shop/2026-01-15',
})
const Value = Type.Optional(Type.String({ description: 'As JSON; left out where the answer has no such part.' }))
const told = {
  id: Type.String({ description: 'Of the case in its bank.' }),
  topic: Type.String(),
  title: Type.String({ description: 'In English.' }),
}
const Answers = Type.Object(
  {
    before: Type.String({ description: 'The edition compared with.' }),
    now: Type.String(),
    cases: Type.Integer({ description: 'How many worked cases were judged under both.' }),
    same: Type.Integer({ description: 'Of these, those whose answer is the same.' }),
    differing: Type.Array(
      Type.Object({
        ...told,
        parts: Type.Array(Type.Object({ part: Type.String(), before: Value, now: Value }), {
          description:
            'What of the answer differs: outcomes, days, amounts; `clauses` for the sentences that it rests on.',
        }),
        clauses: Type.Array(Type.String(), { description: 'Sentences that either answer rests on, by their numbers.' }),
      }),
    ),
    unjudged: Type.Array(
      Type.Object({
        ...told,
        why: Type.String({ description: 'Why it has no answer under one of them; in English.' }),
      }),
    ),
  },
  { title: 'TermsAnswers' },
)

/** `GET /terms/{seller}/{date}/answers`: what every worked case of the rules would get under an edition and under another. */
export function termsAnswers(server: Server) {
  server.get(
    '/terms/:seller/:date/answers',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'compareAnswers',
        summary: 'Judge all worked cases under two editions',
        description:
          'The cases are those by which the rules are tested. Each is judged by the rules of this release under both editions, whatever day it is about.',
        tags: ['terms'],
        params: Type.Object({ seller: Type.String({ maxLength: 64 }), date: Type.String({ maxLength: 64 }) }),
        querystring: Type.Object({ against: EditionId }, strict),
        response: { 200: Answers, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params, query: { against } }) => {
      const now = `${params.seller}/${params.date}`
      for (const id of [now, against])
        if (editionById(id) === undefined)
          throw httpError(404, 'edition-unknown', `There is no edition ${id} of any terms; see /terms.`)
      const pair = `${against} ${now}`
      return await compared.getOrInsertComputed(pair, () =>
        answersOf(against, now).catch((error) => {
          compared.delete(pair)
          throw error
        }),
      )
    },
  )
}

/** Editions, rules and cases are constants of the process, so each pair is judged once; one that could not be is judged anew. */
const compared = new Map<string, Promise<Static<typeof Answers>>>()

async function answersOf(before: string, now: string): Promise<Static<typeof Answers>> {
  // Few ask for it, and none of the service's other work needs the cases.
  const { compareEditions } = await import('@vilkar/terms/cases/compare.ts')
  const { differing, ...counts }: Comparison = await compareEditions(before, now)
  const written = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))
  return {
    ...{ before, now, ...counts },
    differing: differing.map(({ parts, ...each }) => ({
      ...each,
      parts: parts.map(({ part, ...values }) => ({ part, before: written(values.before), now: written(values.now) })),
    })),
  }
}
