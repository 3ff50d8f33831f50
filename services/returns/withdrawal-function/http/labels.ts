import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { FIELD_LABELS, FUNCTION_LABELS } from '@vilkar/terms/statute/withdrawal-function.ts'
import { Type } from 'typebox'

const Label = Type.String()
export const languages = Object.keys(FUNCTION_LABELS)
/** BCP 47: the languages that the buttons have words in. */
export const Language = Type.Unsafe<string>(Type.Union(languages.map((language) => Type.Literal(language))))

const Labels = Type.Object(
  {
    withdraw: Type.String({ description: 'The first button.' }),
    confirm: Type.String({ description: 'The second button, which bears these words alone.' }),
    fields: Type.Object(
      { name: Label, orderNumber: Label, email: Label },
      { description: 'All that may be asked for.' },
    ),
  },
  { title: 'WithdrawalFunctionLabels' },
)

/** What the buttons and fields are called in a language. */
export function labelsIn(language: string) {
  const { name, contractId: orderNumber, electronicContact: email } = FIELD_LABELS[language]!
  return { ...FUNCTION_LABELS[language]!, fields: { name, orderNumber, email } }
}

/** `GET /withdrawal-function`: what the function is called, so that every page that shows it says the words of the law. */
export const labels = (server: Server) =>
  server.get(
    '/withdrawal-function',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readWithdrawalLabels',
        summary: 'What the withdrawal function is called, by language',
        description: 'The words of Directive 2011/83/EU, Art. 11a, and of angrerettloven § 20 a.',
        tags: ['withdrawal function'],
        response: {
          200: Type.Object({ languages: Type.Record(Type.String(), Labels) }),
          ...problems(400),
        },
      },
    },
    async () => ({ languages: Object.fromEntries(languages.map((language) => [language, labelsIn(language)])) }),
  )
