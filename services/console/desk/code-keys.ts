import type { Clients } from '@vilkar/client/client.ts'

const asks = {
  cases: ({ returns }: Clients) => returns.GET('/returns', {}),
  statements: ({ returns }: Clients) => returns.GET('/statements', { params: { query: { status: 'pending' } } }),
  ofOrders: ({ orders }: Clients) => orders.GET('/alarms', {}),
  ofShipping: ({ shipping }: Clients) => shipping.GET('/alarms', {}),
  ofReturns: ({ returns }: Clients) => returns.GET('/alarms', {}),
  shipments: ({ shipping }: Clients) => shipping.GET('/shipments', {}),
}
type Listed<Name extends keyof typeof asks> = NonNullable<
  Awaited<ReturnType<(typeof asks)[Name]>>['data']
>['items'][number]

type Case = Listed<'cases'>
type Statement = Listed<'statements'>
export type Alarm = Listed<'ofOrders'> | Listed<'ofShipping'> | Listed<'ofReturns'>
type Hold = NonNullable<Listed<'shipments'>['held']>['waitsFor'][number]

/** Every code that the services answer on the desk’s pages: one that they add is a word missing to the type checker. */
export type CodeKey =
  | `stands_${Case['status'] | 'judged'}`
  | `awaits_${NonNullable<Case['awaits']>}`
  | `alarm_${Alarm['kind']}`
  | `said_${Statement['status']}`
  | `channel_${NonNullable<Statement['channel']>}`
  | `hold_${Hold}`
  | 'refused'
