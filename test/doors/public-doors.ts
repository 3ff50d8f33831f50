/** Every door that opens without a token. A door becomes public here first, where a reviewer sees it. */
export const publicDoors = [
  'orders GET /',
  'orders GET /products',
  'orders GET /products/:sku',
  'orders GET /payments/:id',
  'orders POST /payments/:id/approval',
  'orders POST /payments/:provider/notifications/:id',
  'orders POST /payments/:provider/notifications',
  'orders GET /terms',
  'orders GET /terms/:seller/:date',
  'shipping GET /',
  'returns GET /',
  // In every service.
  ...['orders', 'shipping', 'returns'].flatMap((service) => [
    `${service} GET /health/live`,
    `${service} GET /health/ready`,
    `${service} GET /problems`,
    `${service} GET /problems/:kind`,
  ]),
]
/** What Fastify's documents page adds, in every service. */
export const isDocumentsPage = (name: string) => /^\w+ (GET|HEAD) \/docs(\/|$)/.test(name)
