import { anOrder, cites, granted } from '../an-order.ts'
import { problem } from '../console.ts'
import { LABELS, RECEIPT_LINK, RECEIVED_AT, STATEMENT_ID } from './answers.ts'

export const LINK = 'ey.order-link'
export const NEW_LINK = 'ey.new-order-link'
export const REPORTED_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6f8'
export const SENT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6f9'
export const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6f0'
export const PAY_URL = 'https://orders.example/payments/01a21b28'

type Asked = { body: Record<string, unknown>; url: string; query: Record<string, string> }
/** Answers whoever has the link, and says the same to everybody else. */
export const linkUnknown = () => problem(404, 'The link is not whole.', { type: '/problems/link-unknown' })
const behind = (answer: (asked: Asked) => unknown) => (asked: Asked) =>
  (asked.query.link ?? asked.body?.link) === LINK ? answer(asked) : linkUnknown()

const refused = {
  outcome: 'refused',
  reasons: [{ code: 'left', cites: [{ act: 'avtaleloven', section: '§ 7', text: 'Too late.' }] }],
}
const rightsOf = (lineId: string, quantity: number) => ({
  ...{ lineId, sku: `SKU-${lineId}`, quantity, returnable: quantity, cancellable: 0 },
  ...{ refundEstimate: { amount: 129_900, currency: 'NOK' }, cancel: refused, withdrawal: granted },
  voluntaryReturn: { ...granted, until: '2099-01-09' },
  complaint: { ...granted, until: '2099-11-26', presumedUntil: '2098-11-26', neverLateUntil: '2099-01-26' },
  returnCost: {
    bearer: 'customer',
    reasons: [{ code: 'cost', cites: [{ act: 'angrerettloven', section: '§ 25', text: 'You pay.' }] }],
  },
})

/** The same once nothing can be withdrawn from any more; gives what makes it as it was. */
export function withdrawalIsOver(answers: Record<string, unknown>) {
  const door = 'GET /linked-order/eligibility'
  const before = answers[door] as (asked: Asked) => Record<string, unknown>
  answers[door] = (asked: Asked) => {
    const answer = before(asked)
    const lines = answer.lines as object[] | undefined
    return lines ? { ...answer, lines: lines.map((line) => ({ ...line, withdrawal: refused })) } : answer
  }
  return () => {
    answers[door] = before
  }
}

/** What shipping answers of the parcels of an order by its link: one has left, and what is reported of it is kept. */
export function parcelsByLink(parcel: object = {}, ...reports: Record<string, unknown>[]) {
  const photos: string[] = []
  const sent = {
    ...{ id: SENT_ID, status: 'in-transit', carrier: 'Posten', trackingNumber: 'NO123', dispatchedAt: RECEIVED_AT },
    ...{ lines: [{ lineId: '1', quantity: 2 }], news: [{ report: 'in-transit', occurredAt: RECEIVED_AT }], ...parcel },
  }
  const door = '/linked-order/damage-reports'
  return {
    'GET /linked-order/parcels': behind(() => ({ items: [{ ...sent, reports }] })),
    [`PUT ${door}/${REPORTED_ID}`]: behind(({ body }) => {
      const { link: _, ...said } = body
      reports.push({ ...said, id: REPORTED_ID, reportedBy: 'customer', reportedAt: RECEIVED_AT, choices: [] })
      return reports.at(-1)
    }),
    [`GET ${door}/${REPORTED_ID}/photos`]: behind(() => ({
      items: photos.map((sha256) => ({ sha256, width: 120, height: 80, bytes: 1, addedAt: RECEIVED_AT })),
    })),
    [`POST ${door}/${REPORTED_ID}/photos`]: behind(() => {
      photos.push(String(photos.length).repeat(64))
      return { sha256: photos.at(-1), width: 120, height: 80, bytes: 1, addedAt: RECEIVED_AT }
    }),
    [`POST ${door}/${REPORTED_ID}/choice/preview`]: behind(({ body: { choice } }) => ({
      ...{ choice, lines: [{ lineId: '1', quantity: 2 }], reasons: granted.reasons },
    })),
    'POST /linked-order/losses/preview': behind(({ body: { lines } }) => ({
      ...{
        lines,
        amount: 149_800,
        deliveryAmount: 19_900,
        currency: 'NOK',
        dueOn: '2026-12-11',
        reasons: refused.reasons,
      },
    })),
    [`PUT ${door}/${REPORTED_ID}/choice`]: behind(({ body }) => {
      Object.assign(reports[0]!, { choice: body.choice, choices: [] })
      return reports[0]
    }),
  }
}

/** What orders and returns answer about one order by its link: delivered, everything open, nothing asked yet. What is asked is done once a call. */
export function anOrderByLink(changed: Parameters<typeof anOrder>[0] = {}) {
  const order = anOrder({
    shipments: [
      {
        dispatchedAt: '2026-11-22T23:30:00Z',
        deliveredAt: '2026-11-26T12:00:00Z',
        carrier: 'Posten',
        trackingNumber: 'NO123',
        lines: [],
      },
    ] as never,
    ...changed,
  })
  const cases: Record<string, unknown>[] = []
  const photos: string[] = []
  const made = (kind: string, name: string, more: object = {}) =>
    behind(({ body }) => {
      const { link: _, ...said } = body
      const common = { id: CASE_ID, orderId: order.id, kind, openedAt: RECEIVED_AT, currency: 'NOK' }
      const about = { ...said, id: CASE_ID, lines: said.lines ?? [], reasons: granted.reasons, ...more }
      cases.push({ ...common, status: 'requested', answer: { nb: 'Du kan det.', en: 'You may.' }, [name]: about })
      return about
    })
  const answers: Record<string, unknown> = {
    'GET /withdrawal-function': { languages: LABELS },
    'GET /linked-order': behind(() => order),
    'GET /linked-order/documents': behind(() => ({
      items: [
        {
          id: 'invoice-1',
          series: 'invoice',
          number: 1,
          issuedAt: '2026-11-22T23:30:00Z',
          amount: 189_700,
          currency: 'NOK',
          vat: [],
          invoices: [],
        },
      ],
    })),
    'GET /linked-order/documents/invoice-1/pdf': behind(() => Buffer.from('%PDF-1.7 …')),
    'GET /linked-order/eligibility': behind(() => ({
      ...{ orderId: order.id, edition: 'smartgroup/2026-01-15', at: '2026-11-27T12:00:00Z', cancel: refused },
      ...{ sendBackBy: '2099-12-10', refundsDue: [], refundEstimate: { amount: 1, currency: 'NOK' } },
      lines: [rightsOf('1', 2), rightsOf('2', 1)].map((line) => ({
        ...line,
        withdrawal: { ...granted, until: '2099-01-01' },
      })),
    })),
    ...parcelsByLink(),
    'GET /linked-order/price-offers': behind(() => ({ items: [] })),
    'GET /linked-order/cases': behind(() => ({ items: cases })),
    [`GET /linked-order/cases/${CASE_ID}`]: behind(() => cases[0] ?? problem(404, 'There is no such case.')),
    [`GET /linked-order/cases/${CASE_ID}/photos`]: behind(() => ({
      items: photos.map((sha256) => ({ sha256, width: 120, height: 80, bytes: 1, addedAt: RECEIVED_AT })),
    })),
    [`POST /linked-order/cases/${CASE_ID}/photos`]: behind(({ body }) => {
      const bytes = body as unknown as Buffer
      if (bytes.toString('latin1').startsWith('GIF'))
        return problem(415, 'No.', { type: '/problems/photo-type-unsupported' })
      photos.push(String(photos.length).repeat(64))
      return { sha256: photos.at(-1), width: 120, height: 80, bytes: 1, addedAt: RECEIVED_AT }
    }),
    'POST /linked-order/withdrawals': behind(({ body }) => {
      made('withdrawal', 'withdrawal', { sendBackBy: '2026-12-14', refundEstimate: 129_900 })({
        body,
        url: '',
        query: { link: LINK },
      })
      return { id: CASE_ID, receipt: `https://returns.example/receipts/${STATEMENT_ID}?link=${RECEIPT_LINK}` }
    }),
    [`PUT /linked-order/cases/${CASE_ID}/proof-of-sending`]: behind(() => ({ id: CASE_ID })),
    'POST /linked-order/voluntary-returns': made('voluntary-return', 'voluntaryReturn', { sendBackBy: '2026-12-24' }),
    'POST /linked-order/voluntary-returns/preview': behind(({ body: { lines } }) => ({
      ...{ lines, refused: [{ lineId: '2', quantity: 1, reasons: refused.reasons }], reasons: granted.reasons },
      ...{ refundEstimate: 129_900, currency: 'NOK', sendBackBy: '2026-12-24' },
    })),
    'POST /linked-order/exchanges/preview': (asked: Asked) =>
      asked.body.newLink === NEW_LINK
        ? {
            ...{ returnId: CASE_ID, currency: 'NOK', refundEstimate: 129_900, newTotal: 149_900, difference: 20_000 },
            reasons: granted.reasons,
          }
        : linkUnknown(),
    [`POST /linked-order/complaints/${CASE_ID}/choice/preview`]: behind(({ body: { remedy } }) => ({
      ...{ remedy, lines: [{ lineId: '1', quantity: 1 }], currency: 'NOK', reasons: granted.reasons },
      ...{ sendsBack: remedy === 'repair', doneBy: '2026-12-25', ...(remedy === 'rescission' && { amount: 129_900 }) },
    })),
    'POST /linked-order/complaints': made('complaint', 'complaint', { answerBy: '2026-12-11', choices: [] }),
    [`PUT /linked-order/complaints/${CASE_ID}/choice`]: behind(() => ({ id: CASE_ID })),
    'GET /terms/smartgroup/2026-01-15': {
      ...{ id: 'smartgroup/2026-01-15', seller: 'smartgroup', inForceFrom: '2026-01-15T00:00:00Z', locale: 'nb' },
      ...{ sha256: order.terms.sha256, title: 'Salgsvilkår', introduction: 'Dette gjelder.', withdrawalForm: '' },
      clauses: [{ number: '8', title: 'Angrerett', sentences: [{ number: '8.2', text: cites[0]!.text }] }],
      findings: [
        {
          id: 'f',
          clauses: ['8.2'],
          summary: 'De sier for lite.',
          instead: 'Du får mer.',
          cites: [{ act: 'angrerettloven', section: '§ 21', text: '…' }],
          severity: 'low',
        },
      ],
    },
    [`GET /receipts/${STATEMENT_ID}`]: {
      id: STATEMENT_ID,
      receivedAt: RECEIVED_AT,
      lines: [{ lineId: '1', quantity: 1 }],
    },
  }
  return { order, answers, cases, photos }
}
