import { formatDay } from '@vilkar/mail/mail.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { namesIn } from '../order-facts/mails/names.ts'
import type { PlacedOrder } from '../order-facts/projection.ts'
import { linesOfStatement, type StoredStatement } from './statement.ts'

const words = {
  nb: {
    number: 'Kvittering nummer',
    received: 'Mottatt',
    sent: 'Sendt',
    order: 'Ordre',
    name: 'Navn',
    lines: 'Gjelder',
    everything: 'alt i ordren',
    words: 'Din melding',
  },
  en: {
    number: 'Receipt number',
    received: 'Received',
    sent: 'Sent',
    order: 'Order',
    name: 'Name',
    lines: 'It concerns',
    everything: 'everything in the order',
    words: 'Your message',
  },
}

/** The language of what is written about a statement: the order's, else the nearest to the one that it was made in. */
export const localeOf = ({ said }: Pick<StoredStatement, 'said'>, order: PlacedOrder | undefined): Locale =>
  order?.facts.locale ?? (/^(nb|nn|no|sv|da)\b/.test(said.language ?? 'nb') ? 'nb' : 'en')

/** A moment with its day and its time to the second, as a receipt needs it (angrerettloven § 20 a). */
export function formatMoment(locale: Locale, moment: string) {
  const at = Temporal.Instant.from(moment).toZonedDateTimeISO('Europe/Oslo')
  return `${formatDay(locale, at.toPlainDate())}, ${at.toPlainTime().toString({ smallestUnit: 'second' })} (Europe/Oslo)`
}

/**
 * What was said, the day and the time, a line each. Whoever is not known to be the customer of an order is not told what they
 * were said to have written: else anybody could have us write to anybody.
 */
export function statementInWords(statement: StoredStatement, order: PlacedOrder | undefined): string[] {
  const head = headOf(statement, localeOf(statement, order))
  if (order === undefined) return head
  const say = words[localeOf(statement, order)]
  const { personal, said } = statement
  const nameOf = namesIn(order.facts)
  const lines = linesOfStatement(statement)?.map(({ lineId, quantity }) => `${quantity} × ${nameOf(lineId)}`)
  return [
    ...head,
    `${say.order}: ${order.facts.number}`,
    ...(personal.name ? [`${say.name}: ${writtenLine(personal.name)}`] : []),
    ...(lines ? [`${say.lines}: ${lines.join(', ')}`] : said.partInWords ? [] : [`${say.lines}: ${say.everything}`]),
    ...(personal.words ? [`${say.words}: ${writtenLine(personal.words)}`] : []),
  ]
}

/** What was said as it was said, for whoever made the statement: nothing of the order that it may be about. */
export function saidInWords(statement: StoredStatement): string[] {
  const locale = localeOf(statement, undefined)
  const say = words[locale]
  const { personal, said } = statement
  const lines = said.lines?.map(({ lineId, quantity }) => `${quantity} × ${lineId}`)
  return [
    ...headOf(statement, locale),
    ...(personal.orderNumber ? [`${say.order}: ${writtenLine(personal.orderNumber)}`] : []),
    ...(personal.name ? [`${say.name}: ${writtenLine(personal.name)}`] : []),
    ...(lines ? [`${say.lines}: ${lines.join(', ')}`] : said.partInWords ? [] : [`${say.lines}: ${say.everything}`]),
    ...(personal.words ? [`${say.words}: ${writtenLine(personal.words)}`] : []),
  ]
}

function headOf({ id, sentAt, receivedAt }: StoredStatement, locale: Locale) {
  const say = words[locale]
  const moment = (at: string) => formatMoment(locale, at)
  return [
    `${say.number}: ${id}`,
    `${say.received}: ${moment(receivedAt)}`,
    ...(sentAt ? [`${say.sent}: ${moment(sentAt)}`] : []),
  ]
}
