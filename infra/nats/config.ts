import { commonVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

const { HOST, PORT, NATS_URL, LOG_LEVEL } = commonVariables

/** The environment of the operator. */
export const Config = Type.Object({
  ...{ HOST, PORT, NATS_URL, LOG_LEVEL },
  NATS_REPLICAS: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 5,
    description: 'How many servers of a cluster keep each stream: 3 of three, so that any one may end.',
  }),
})
export type Config = Static<typeof Config>
