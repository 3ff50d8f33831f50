import type { Span } from '../pages/timeline.ts'
import type { View } from '../pages/view.ts'
import type { Order } from './order-reading.ts'
import { customerWords } from './words.ts'

/** How long before a last day a calendar says so. */
const REMINDED_SECONDS = 2 * 86_400

/** The last days of what is open as a calendar (RFC 5545): a day each, which is the same when it is fetched again. `at` is RFC 3339. */
export async function calendarOf(view: View, { id, number }: Order, spans: Span[], at: string): Promise<string> {
  const { default: ical, ICalAlarmType } = await import('ical-generator')
  const say = customerWords(view.language)
  const name = say('order', { number })
  const calendar = ical({ name, prodId: { company: 'Vilkår', product: 'console', language: view.language } })
  const open = spans.filter(({ granted, until }) => granted && until >= view.today)
  for (const { id: right, label, until } of open) {
    const summary = say('lastDay', { right: label, number })
    const event = calendar.createEvent({
      id: `${id}-${right}`,
      start: until,
      allDay: true,
      summary,
      stamp: at,
    })
    event.createAlarm({ type: ICalAlarmType.display, trigger: REMINDED_SECONDS, description: summary })
  }
  return calendar.toString()
}
