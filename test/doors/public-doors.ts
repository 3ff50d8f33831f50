/** Every door that opens without a token. A door becomes public here first, where a reviewer sees it. */
export const publicDoors = [
  'orders GET /',
  'orders GET /products',
  'orders GET /products/:sku',
  'orders GET /payments/:id',
  'orders POST /payments/:id/approval',
  'orders POST /payments/:provider/notifications/:id',
  'orders POST /payments/:provider/notifications',
  // Behind a signed link.
  'orders GET /linked-order',
  'orders GET /linked-order/documents',
  'orders GET /linked-order/price-offers',
  'orders GET /linked-order/documents/:document/pdf',
  'orders GET /terms',
  'orders GET /terms/:seller/:date',
  'shipping GET /',
  // With a secret of the carrier's, or signed.
  'shipping POST /carriers/:carrier/notifications',
  // Behind a signed link.
  'shipping GET /photos',
  'shipping GET /linked-order/parcels',
  'shipping PUT /linked-order/damage-reports/:id',
  'shipping PUT /linked-order/damage-reports/:id/choice',
  'shipping GET /linked-order/damage-reports/:id/photos',
  'shipping POST /linked-order/damage-reports/:id/photos',
  'shipping GET /linked-order/damage-reports/:id/photos/:sha256',
  'returns GET /',
  // Works on what the caller brings, and looks nothing up.
  'returns POST /eligibility',
  'returns GET /withdrawal-function',
  'returns POST /withdrawal-function/drafts',
  'returns POST /withdrawal-function/confirmations',
  // Behind a signed link.
  'returns GET /linked-order/eligibility',
  'returns GET /linked-order/withdrawal-function',
  'returns POST /linked-order/withdrawals',
  'returns POST /linked-order/voluntary-returns',
  'returns POST /linked-order/complaints',
  'returns PUT /linked-order/complaints/:id/choice',
  'returns PUT /linked-order/exchanges/:exchangeId',
  'returns GET /linked-order/cases',
  'returns GET /linked-order/cases/:id',
  'returns GET /linked-order/cases/:id/photos',
  'returns POST /linked-order/cases/:id/photos',
  'returns GET /linked-order/cases/:id/photos/:sha256',
  'returns PUT /linked-order/cases/:id/proof-of-sending',
  'returns GET /receipts/:id',
  'returns GET /receipts/:id/pdf',
  'returns GET /photos',
  'returns GET /return-labels',
  'privacy GET /',
  'privacy GET /policies',
  'privacy GET /policies/:controller',
  'privacy GET /policies/:controller/:date',
  // Behind a signed link.
  'privacy GET /unsubscribe',
  'privacy POST /unsubscribe',
  'privacy GET /consent-confirmations',
  'privacy POST /consent-confirmations',
  // Who is not signed in asks by their address, and fetches what was collected by a signed link.
  'privacy POST /request-links',
  'privacy GET /request-confirmations',
  'privacy POST /request-confirmations',
  'privacy GET /exports/:id/download',
  'privacy POST /exports/:id/download',
  // With a token of Brevo's.
  'privacy POST /brevo-events',
  // In every service.
  ...['orders', 'shipping', 'returns', 'privacy'].flatMap((service) => [
    `${service} GET /health/live`,
    `${service} GET /health/ready`,
    `${service} GET /problems`,
    `${service} GET /problems/:kind`,
  ]),
]
/** What Fastify's documents page adds, in every service. */
export const isDocumentsPage = (name: string) => /^\w+ (GET|HEAD) \/docs(\/|$)/.test(name)
