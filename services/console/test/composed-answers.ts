/** What the doors of services answer that are composed of others, from what those answer in a test; all services of a test have one address. */

/** Parts by the paths of their doors, with a query where one path gives several. */
const dossier = (id: string) => ({
  history: `/orders/${id}/history`,
  payments: `/orders/${id}/payments`,
  documents: `/orders/${id}/documents`,
  priceOffers: `/orders/${id}/price-offers`,
  mails: `/orders/${id}/mails`,
  shipments: `/shipments?orderId=${id}`,
  risks: `/orders/${id}/risk`,
  damageReports: `/damage-reports?orderId=${id}&limit=200`,
  entitlements: `/orders/${id}/entitlements`,
  inWords: `/orders/${id}/entitlements/in-words`,
  statements: `/orders/${id}/statements`,
  payouts: `/orders/${id}/payouts`,
  overrides: `/orders/${id}/overrides`,
  agreements: `/orders/${id}/agreements`,
  tags: `/orders/${id}/tags`,
  cases: `/returns?orderId=${id}`,
})
const work = {
  unformed: '/orders?status=unformed',
  late: '/orders/late',
  payouts: '/payouts',
  uncaptured: '/payments/uncaptured',
  endingAuthorisations: '/payments/authorisations/ending',
  drift: '/alarms?kind=reconciliation-drift',
  alarms: '/alarms',
  deadLetters: '/dead-letters',
  unsentMails: '/mails/unsent',
  law: '/law',
  failedDeliveries: '/failed-deliveries',
  recalls: '/recalls/open',
  carrierCodes: '/carrier-codes',
  hindrances: '/hindrances',
  claims: '/damage-reports?claim=open',
  toldClaims: '/damage-reports?claim=unsettled',
  cases: '/returns?status=open',
  caseFigures: '/returns/figures',
  refunds: '/returns?refund=unpaid',
  pendingStatements: '/statements?status=pending',
  unclearStatements: '/statements?status=unclear',
  tags: '/tags',
}

type Read = (url: string) => unknown

/** The answer of a composed door, as `composedDoor` makes it; undefined for any other path. */
export function composedAnswer(url: string, read: Read): unknown {
  const [path = '', query = ''] = url.split('?')
  const [, id] = /^\/orders\/([^/]+)\/dossier$/.exec(path) ?? []
  if (id !== undefined) {
    const order = read(`/orders/${id}`)
    if (order === undefined || order === 'silent' || order === 'cut' || isProblem(order)) return order
    return { order, ...compose(dossier(id), query, read) }
  }
  return path === '/work' ? compose(work, query, read) : undefined
}

function compose(parts: Record<string, string>, query: string, read: Read) {
  const unread: string[] = []
  const found: Record<string, unknown> = {}
  for (const [name, url] of Object.entries(parts)) {
    const answer = read([url, query].filter((each) => each !== '').join(url.includes('?') ? '&' : '?'))
    if (answer === 'silent' || answer === 'cut' || (isProblem(answer) && answer.status >= 500)) unread.push(name)
    else if (!isProblem(answer)) found[name] = answer
  }
  return { ...found, unread }
}

const isProblem = (answer: unknown): answer is { status: number; problem: object } =>
  typeof answer === 'object' && answer !== null && 'problem' in answer
