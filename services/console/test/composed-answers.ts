/** What the doors of services answer that are composed of others, from what those answer in a test; all services of a test have one address. */

/** How the path of a door ends that says once what holds for lines that are alike. */
const ALIKE = '/alike'

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
  entitlements: `/orders/${id}/entitlements${ALIKE}`,
  inWords: `/orders/${id}/entitlements/in-words`,
  statements: `/orders/${id}/statements`,
  payouts: `/orders/${id}/payouts`,
  overrides: `/orders/${id}/overrides`,
  agreements: `/orders/${id}/agreements`,
  tags: `/orders/${id}/tags`,
  cases: `/returns?orderId=${id}`,
})
const linkedDossier = {
  documents: '/linked-order/documents',
  priceOffers: '/linked-order/price-offers',
  eligibility: `/linked-order/eligibility${ALIKE}`,
  cases: '/linked-order/cases',
  withdrawalFunction: '/withdrawal-function',
}
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
  counts: '/work/counts',
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
type Line = Record<'lineId' | 'sku' | 'quantity' | 'returnable' | 'cancellable' | 'refundEstimate', unknown>

/** What a door answers that says once what holds for lines that are alike, from what one answers line by line. */
function alike(answer: unknown) {
  if (typeof answer !== 'object' || answer === null || isProblem(answer)) return answer
  const { lines, ...whole } = answer as { lines: Line[] }
  const groups = new Map<string, { lines: object[] }>()
  for (const { lineId, sku, quantity, returnable, cancellable, refundEstimate, ...rulings } of lines) {
    const key = JSON.stringify([Number(returnable) > 0, rulings])
    const group = groups.getOrInsertComputed(key, () => ({ lines: [], ...rulings }))
    group.lines.push({ lineId, sku, quantity, returnable, cancellable, refundEstimate })
  }
  return { ...whole, groups: [...groups.values()] }
}
/** Asks for what is said once where that is asked for. */
const readAlike =
  (read: Read): Read =>
  (url) =>
    url.split('?')[0]!.endsWith(ALIKE) ? alike(read(url.replace(ALIKE, ''))) : read(url)

/** The answer of a composed door, as `composedDoor` makes it; undefined for any other path. */
export function composedAnswer(url: string, read: Read): unknown {
  const [path = '', query = ''] = url.split('?')
  const [, id] = /^\/orders\/([^/]+)\/dossier$/.exec(path) ?? []
  if (id !== undefined) return withOrder(`/orders/${id}`, read, () => compose(dossier(id), query, readAlike(read)))
  if (path === '/linked-order/dossier') {
    const asked = new URLSearchParams(query)
    const at = asked.get('at')
    asked.delete('at')
    const then = at !== null && { eligibilityThen: `/linked-order/eligibility${ALIKE}?at=${encodeURIComponent(at)}` }
    return withOrder(`/linked-order?${asked}`, read, () =>
      compose({ ...linkedDossier, ...then }, String(asked), readAlike(read)),
    )
  }
  return path === '/work' ? compose(work, query, read) : undefined
}

/** Without the order there is no answer. */
function withOrder(url: string, read: Read, rest: () => object) {
  const order = read(url)
  if (order === undefined || order === 'silent' || order === 'cut' || isProblem(order)) return order
  return { order, ...rest() }
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
