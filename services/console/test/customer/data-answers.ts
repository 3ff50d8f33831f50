import { ORDER_ID } from '../an-order.ts'
import { problem } from '../console.ts'
import { aHolding, anExport, aRequest, LAW, POLICIES } from '../privacy/answers.ts'

export const ADDRESS = 'kari@example.com'
export const EXPORT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e7cd'
export const UNTIL = '2099-06-22T09:05:00Z'
type Asked = {
  url: string
  method: string
  query: Record<string, string>
  body: Record<string, unknown>
  params: unknown
}
type Identifier = { kind: string; value: string }

/** The privacy service as customers' pages ask it: it knows one person, and answers of anybody else that there is nothing. */
export function aPersonsData() {
  const requests: Record<string, unknown>[] = []
  const log: Record<string, unknown>[] = []
  const isThem = ({ value }: Identifier) => value === ADDRESS
  const ofThem =
    (items: () => unknown[]) =>
    ({ body }: Asked) => ({
      items: (body.identifiers as Identifier[]).some(isThem) && body.controller === 'smartgroup' ? items() : [],
    })
  const held = [
    aHolding({ record: ORDER_ID }),
    aHolding({ category: 'marketing', record: 'x', dueAt: undefined, holds: [] }),
  ]
  const answers: Record<string, unknown> = {
    'GET /policies': { items: POLICIES },
    'POST /holdings/of-person': ofThem(() => held),
    'POST /requests/of-person': ofThem(() => requests),
    'GET /consents': ({ query }: Asked) => ({ log: isThem(query as never) ? log : [], suppressed: [], child: false }),
    'GET /permission': { outcome: 'refused', reasons: [{ code: 'no-consent', cites: LAW }] },
    'PUT /consents': ({ body }: Asked) => {
      if (body.given && Number(body.age) < 13)
        return problem(409, 'A guardian consents.', {
          type: '/problems/guardian-must-consent',
          reasons: [{ cites: LAW }],
        })
      if (body.given) return { state: 'awaiting-confirmation', confirmBy: '2099-01-01T00:00:00Z' }
      log.push({
        purpose: body.purpose,
        what: 'withdrawn',
        at: '2026-06-03T09:00:00Z',
        recordedAt: '2026-06-03T09:00:00Z',
        by: 'person',
        source: 'my-data',
      })
      return { state: 'withdrawn' }
    },
  }
  /** Lets a request be made under an id, of a house with these answers. */
  const takeRequest = (known: Record<string, unknown>, id: string) => {
    known[`PUT /requests/${id}`] = ({ body }: Asked) => {
      const made = aRequest({
        id,
        kind: body.kind,
        channel: body.channel,
        words: body.words,
        dueOn: '2099-01-09',
        kept: undefined,
      })
      if (!requests.some((each) => each.id === id)) requests.unshift(made)
      return made
    }
  }
  /** Lets them have asked to see their data, and what is collected be as told; its link is mailed to nobody but them. */
  const collect = (known: Record<string, unknown>, changed: object = {}) => {
    const asked = { id: EXPORT_ID, kind: 'access', channel: 'link', words: undefined, kept: undefined }
    if (!requests.some(({ id }) => id === EXPORT_ID)) requests.unshift(aRequest({ ...asked, dueOn: '2099-01-09' }))
    const exported = anExport({ id: EXPORT_ID, status: 'ready', until: UNTIL, ...changed })
    const isReady = exported.status === 'ready'
    known[`GET /exports/${EXPORT_ID}`] = exported
    known[`POST /exports/${EXPORT_ID}/mails`] = ({ body }: Asked) => {
      if (!(body.identifiers as Identifier[]).some(isThem)) return problem(404, 'There is no such export.')
      return isReady ? '' : problem(409, 'It is over.', { type: '/problems/export-not-ready' })
    }
  }
  return { answers, requests, log, takeRequest, collect }
}

export const consented = {
  purpose: 'newsletter',
  what: 'given',
  at: '2026-06-01T09:00:00Z',
  recordedAt: '2026-06-01T09:00:00Z',
  by: 'person',
  source: 'checkout',
}
