import { commonVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

const { HOST, PORT, NATS_URL, LOG_LEVEL } = commonVariables

/** The environment of the operator. */
export const Config = Type.Object({ HOST, PORT, NATS_URL, LOG_LEVEL })
export type Config = Static<typeof Config>
