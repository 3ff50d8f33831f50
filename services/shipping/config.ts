import { commonVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

/** The environment of the shipping service. */
export const Config = Type.Object({ ...commonVariables })
export type Config = Static<typeof Config>
