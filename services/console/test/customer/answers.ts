import { problem } from '../console.ts'

export const STATEMENT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6eb'
export const RECEIPT_LINK = 'ey.receipt-link'
export const RECEIVED_AT = '2026-11-27T09:00:05Z'
export const LABELS = {
  nb: {
    ...{ withdraw: 'Angre avtalen', confirm: 'Bekreft bruk av angrerett' },
    fields: { name: 'Navnet ditt', orderNumber: 'Ordrenummer', email: 'E-postadresse for kvitteringen' },
  },
  en: {
    ...{ withdraw: 'Withdraw from contract here', confirm: 'Confirm withdrawal' },
    fields: { name: 'Your name', orderNumber: 'Order number', email: 'E-mail address for the receipt' },
  },
}

type Asked = { body: Record<string, string>; url: string }

/** The withdrawal function of the returns service: a draft says what it was made of, and confirming one twice is one statement. */
export function aFunction() {
  const statements = new Map<string, Record<string, string>>()
  const drafts = new Map<string, Record<string, string>>()
  return {
    statements,
    answers: {
      'GET /withdrawal-function': { languages: LABELS },
      'POST /withdrawal-function/drafts': ({ body }: Asked) => {
        if (!body.email!.includes('@'))
          return problem(400, 'Wrong.', { errors: [{ field: 'body.email', message: 'must match format "email"' }] })
        const draft = `draft-${drafts.size + 1}`
        drafts.set(draft, body)
        return { draft, expiresAt: RECEIVED_AT, confirm: LABELS.nb.confirm, filledIn: body }
      },
      'POST /withdrawal-function/confirmations': ({ body: { draft } }: Asked) => {
        if (!drafts.has(draft!)) return problem(404, 'The link is not good any more.')
        statements.set(draft!, drafts.get(draft!)!)
        const receipt = `https://returns.example/receipts/${STATEMENT_ID}?link=${RECEIPT_LINK}`
        return { id: STATEMENT_ID, receivedAt: RECEIVED_AT, receipt }
      },
      [`GET /receipts/${STATEMENT_ID}`]: ({ url }: Asked) =>
        url.endsWith(`?link=${RECEIPT_LINK}`)
          ? { id: STATEMENT_ID, receivedAt: RECEIVED_AT, ...whatWasSaid(statements) }
          : problem(404, 'The link is not whole.'),
    } as Record<string, unknown>,
  }
}

function whatWasSaid(statements: Map<string, Record<string, string>>) {
  const { name, orderNumber, part } = [...statements.values()].at(-1) ?? {}
  return { name, orderNumber, ...(part && { words: part }) }
}
