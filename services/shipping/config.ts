import { commonVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

/** The environment of the shipping service. */
export const Config = Type.Object({
  ...commonVariables,
  WEBHOOKS_INSECURE: Type.Boolean({
    default: false,
    description: 'Webhooks may go to http and to addresses of the own network. For tests and local stacks.',
  }),
})
export type Config = Static<typeof Config>
