import { listensTo } from '@vilkar/contracts/listens-to.ts'
import { commonVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

const { LOG_LEVEL, DATABASE_URL } = commonVariables
const SERVICE = Type.String({
  pattern: `^(${[...Object.keys(listensTo), 'console'].join('|')})$`,
  description: 'The service whose database it is.',
})

/** The environment of who migrates: the database as the role that owns its tables. */
export const Config = Type.Object({
  ...{ LOG_LEVEL, SERVICE },
  MIGRATION_DATABASE_URL: Type.String({
    pattern: '^postgres(ql)?://',
    description: "The service's database as the role that owns its tables.",
  }),
})
export type Config = Static<typeof Config>

/** The environment of who waits until another has migrated, with the role that runs the service. */
export const WaitConfig = Type.Object({ LOG_LEVEL, SERVICE, DATABASE_URL })

/** The environment of who fills in what shipping did not keep: both databases, as the roles that run the services. */
export const LinksConfig = Type.Object({
  LOG_LEVEL,
  ORDERS_DATABASE_URL: Type.String({ ...DATABASE_URL, description: 'The database of orders.' }),
  SHIPPING_DATABASE_URL: Type.String({ ...DATABASE_URL, description: 'The database of shipping.' }),
})
