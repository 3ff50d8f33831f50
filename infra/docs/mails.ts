import { orderMails } from '@vilkar/orders/order/mails/kinds.ts'
import { noticeMails } from '@vilkar/privacy/notices/mails/policy-changed.ts'
import { otherMails, requestMails } from '@vilkar/privacy/requests/mails/kinds.ts'
import { agreementMails } from '@vilkar/returns/agreement/mails/kinds.ts'
import { complaintMails } from '@vilkar/returns/complaint/mails/kinds.ts'
import { exchangeMails } from '@vilkar/returns/exchange/mails/kinds.ts'
import { goodsBackMails } from '@vilkar/returns/goods-back/mails/kinds.ts'
import { lossMails } from '@vilkar/returns/loss/mails/kinds.ts'
import { overrideMails } from '@vilkar/returns/override/mails/kinds.ts'
import { payoutMails } from '@vilkar/returns/payout/mails/kinds.ts'
import { statementMails } from '@vilkar/returns/statement/mails/kinds.ts'
import { voluntaryMails } from '@vilkar/returns/voluntary-return/mails/kinds.ts'
import { returnMails } from '@vilkar/returns/withdrawal/mails/kinds.ts'
import { table } from './table.ts'

type Mails = Record<string, { when: string; by: string; restsOn: string }>

/** `docs/mails.md`: every mail that the services write. */
export const mailsPage = () =>
  `${[...HEAD, ...tableOf('Orders', orderMails), ...tableOf('Returns', { ...returnMails, ...statementMails, ...voluntaryMails, ...complaintMails, ...lossMails, ...agreementMails, ...payoutMails, ...goodsBackMails, ...overrideMails, ...exchangeMails }), ...tableOf('Privacy', { ...requestMails, ...otherMails, ...noticeMails })].join('\n')}\n`

const HEAD = [
  ...['# Mails', ''],
  'Every mail that a customer gets, in the language of the order. Written from the code by `pnpm run docs`; the words of each stand in',
  'the golden files beside its tests. Why a happening is one mail, and why a refund is two: decision 29.',
]

function tableOf(service: string, mails: Mails) {
  const rows = [
    ['mail', 'when', 'sent going by', 'rests on'],
    ...Object.entries(mails).map(([kind, { when, by, restsOn }]) => [`\`${kind}\``, when, by, restsOn]),
  ]
  return ['', `## ${service}`, '', table(rows)]
}
