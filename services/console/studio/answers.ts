import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { section, table } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { studioWords } from './words.ts'

/** Asks what all worked cases would get under an edition and under another before it. */
export const readAnswers = ({ orders }: Clients, seller: string, date: string, against: string) =>
  orders.GET('/terms/{seller}/{date}/answers', { params: { path: { seller, date }, query: { against } } })
type Answers = NonNullable<Awaited<ReturnType<typeof readAnswers>>['data']>
type Part = Answers['differing'][number]['parts'][number]

/** The worked cases whose answer differs, by topic, each with the sentences that its answer rests on; `numbers` are those of the page. */
export function answersPart(view: View, { before, cases, same, differing, unjudged }: Answers, numbers: Set<string>) {
  const say = studioWords(view.language)
  const topics = [...Map.groupBy(differing, ({ topic }) => topic)].toSorted(([one], [other]) =>
    one.localeCompare(other),
  )
  return section(
    'answers',
    say('answers', { edition: before }),
    html`<p>${say('answersCount', { cases, same, differing: differing.length, unjudged: unjudged.length })}</p>
<p class="quiet">${say('judgedHow')}</p>
${topics.map(([topic, found]) => topicPart(view, topic, found, numbers))}
${
  unjudged.length > 0 &&
  html`<details><summary>${say('unjudged', { count: unjudged.length })}</summary>
${table(
  say('unjudged', { count: unjudged.length }),
  [say('case'), say('topic'), say('why')],
  unjudged.map(({ id, topic, title, why }) => [titleOf(id, title), html`<code>${topic}</code>`, english(why)]),
)}</details>`
}`,
  )
}

/** The banks of cases are written in English. */
const english = (text: string): Html => html`<span lang="en">${text}</span>`
const titleOf = (id: string, title: string) => html`<code>${id}</code> ${english(title)}`

function topicPart(view: View, topic: string, found: Answers['differing'], numbers: Set<string>): Html {
  const say = studioWords(view.language)
  const name = say('topicCount', { topic, count: found.length })
  return html`<details><summary>${name}</summary>
${table(
  name,
  [say('case'), say('part'), say('before'), say('now'), say('restsOn')],
  found.map(({ id, title, parts, clauses }) => [
    titleOf(id, title),
    lines(parts, ({ part }) => html`<code>${part}</code>`),
    lines(parts, (part) => saidOf(part.before)),
    lines(parts, (part) => saidOf(part.now)),
    html`${clauses.map((number) => (numbers.has(number) ? html`<a class="ds-link" href="#c${number}">${number}</a> ` : html`${number} `))}`,
  ]),
)}</details>`
}

const lines = (parts: readonly Part[], of: (part: Part) => Html | string): Html =>
  html`${parts.map((part, n) => html`${n > 0 && html`<br>`}${of(part)}`)}`

/** A part of an answer without the quotes of JSON; a dash where there is none. */
const saidOf = (json: string | undefined): string =>
  json === undefined || json === 'null' ? '–' : json.replace(/^"(.*)"$/, '$1')
