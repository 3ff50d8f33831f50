import { commonVariables, mailVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

/** The environment of the returns service. */
export const Config = Type.Object({ ...commonVariables, ...mailVariables })
export type Config = Static<typeof Config>
