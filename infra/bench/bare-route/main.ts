/** The yardstick for reads: a Fastify route that selects one row by its key and sends it, and nothing else. */
import fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 })
const server = fastify()
const select = { name: 'row', text: 'select facts, personal from order_facts where order_id = $1' }
server.get<{ Params: { id: string } }>(
  '/orders/:id',
  async ({ params: { id } }) => (await pool.query({ ...select, values: [id] })).rows[0],
)
await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
process.once('SIGTERM', () => process.exit(0))
