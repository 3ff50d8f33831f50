import { html } from 'hono/html'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { dictionary } from '../pages/words.ts'
import type { CodeKey } from './code-keys.ts'
import { codes as codesEn } from './words/codes-en.ts'
import { codes as codesNb } from './words/codes-nb.ts'
import { events as eventsEn } from './words/events-en.ts'
import { events as eventsNb } from './words/events-nb.ts'

const words = dictionary({ nb: { ...codesNb, ...eventsNb }, en: { ...codesEn, ...eventsEn } })
/** What the desk calls something that a service names by a code of its documents; the code itself where a later release has another. */
export const codeWords = (view: View) => (key: CodeKey) =>
  Object.hasOwn(codesEn, key) ? words(view.language)(key) : key.slice(key.indexOf('_') + 1)

type Stands = {
  kind: string
  status: Extract<CodeKey, `stands_${string}`> extends `stands_${infer Status}` ? Status : never
}
/** How a case stands. A complaint that was received is looked at; goods that were are back. */
export const standsOf = (view: View, { kind, status }: Stands): string =>
  codeWords(view)(`stands_${kind === 'complaint' && status === 'received' ? 'judged' : status}`)

/** Whether it is a request that was refused and not an event; its `detail` says why. */
export const wasRefused = (type: string) => type.endsWith(' refused')

/** What happened, of an event or a request that was refused; an event of a later release by its name. */
export function eventOf(view: View, type: string): Html | string {
  const key = `event_${type}`
  if (Object.hasOwn(eventsEn, key)) return words(view.language)(key as keyof typeof eventsEn)
  return wasRefused(type) ? codeWords(view)('refused') : html`<code>${type}</code>`
}
