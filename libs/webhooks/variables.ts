import { Type } from 'typebox'

/** The environment of every service that sends webhooks. */
export const webhookVariables = {
  WEBHOOKS_INSECURE: Type.Boolean({
    default: false,
    description: 'Webhooks may go to http and to addresses of the own network. For tests and local stacks.',
  }),
}
