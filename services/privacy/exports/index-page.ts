import { createHash } from 'node:crypto'
import { escapeHtml } from '@vilkar/mail/mail.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { citationIn } from '@vilkar/terms/statute/act.ts'
import { Value } from 'typebox/value'
import { type ExportContents, ExportedMail } from './schema.ts'
import type { Language } from './tables.ts'
import { type Words, words } from './words.ts'

const STYLE = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 20%,transparent)}
body{font:1rem/1.5 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2}
h2{font-size:1.25rem;margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.5rem 0 .25rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dd{margin:0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid var(--line)}
pre{white-space:pre-wrap;margin:0;font:inherit}
`
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** The readable half of an archive. It stands alone: it loads, runs and sends nothing, whatever is written in the data. */
export function indexPage(contents: ExportContents, language: Language): string {
  const say = words[language]
  const { name, contact, authorities, policy } = contents.controller
  const title = escapeHtml(say.title(name))
  const head = dl([
    [say.contact, contact],
    [say.authorities, authorities.join(', ')],
    [say.policy, policy],
  ])
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escapeHtml(say.about(name, dayOf(contents.madeAt, say)))}</p>
${head}
${section(
  say.records,
  contents.records.map((record) => recordOf(record, say, language)),
  say,
)}
${section(
  say.withheld,
  contents.withheld.map((each) => withheldOf(each, language)),
  say,
)}
${missingOf(contents, say)}
${section(say.consents, consentsOf(contents, say), say)}
${section(
  say.optOuts,
  contents.optOuts.map(({ purpose, at }) => line(`${dayOf(at, say)}: ${purpose}`)),
  say,
)}
${section(
  say.sales,
  contents.sales.map(({ orderId, placedAt }) => line(`${dayOf(placedAt, say)}: ${orderId}`)),
  say,
)}
${section(say.requests, requestsOf(contents), say)}
${section(
  say.recipients,
  contents.recipients.map(({ kind, names, basis }) => line(`${kind} (${basis}): ${names.join(', ') || '–'}`)),
  say,
)}
</main>
</body>
</html>
`
}

const section = (title: string, parts: string[], say: Words) =>
  `<section><h2>${escapeHtml(title)}</h2>${parts.length > 0 ? parts.join('\n') : `<p>${say.none}</p>`}</section>`
const line = (text: string) => `<p>${escapeHtml(text)}</p>`
const list = (items: string[]) => `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
const dl = (rows: [string, string][]) =>
  `<dl>${rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`

const inOslo = (moment: string) => Temporal.Instant.from(moment).toZonedDateTimeISO('Europe/Oslo')
const dayOf = (moment: string, say: Words) =>
  inOslo(moment).toPlainDate().toLocaleString(say.date, { dateStyle: 'long' })
const momentOf = (moment: string, say: Words) =>
  inOslo(moment).toPlainDateTime().toLocaleString(say.date, { dateStyle: 'long', timeStyle: 'short' })

/** Sections and sentences that something rests on, each with what it says. */
const citesOf = ({ cites }: Reason, language: Locale) =>
  list(
    cites
      .map((cite) => citationIn(cite, language))
      .map(
        (cite) =>
          `${'act' in cite ? `${cite.act} ${cite.section}` : 'clause' in cite ? cite.clause : cite.agreement}: ${cite.text}`,
      ),
  )

function recordOf(record: ExportContents['records'][number], say: Words, language: Locale) {
  const { system, record: name, category, keptUntil, keptBy, why, data } = record
  const rows = data.map(
    ({ holder, place, value, file }) =>
      `<tr><td>${escapeHtml(holder)}</td><td>${escapeHtml(place)}</td><td>${file === undefined ? shown(value, say) : picture(file)}</td></tr>`,
  )
  const head = `<tr><th>${say.holder}</th><th>${say.place}</th><th>${say.value}</th></tr>`
  return `<h3>${escapeHtml(`${category} – ${system}`)}</h3>
${dl([
  [say.record, name],
  [say.keptUntil, keptUntil === undefined ? say.unknown : dayOf(keptUntil, say)],
  ...(keptBy.length > 0 ? [[say.keptBy, keptBy.join(', ')] as [string, string]] : []),
])}
<h4>${say.why}</h4>${why.map((each) => citesOf(each, language)).join('')}
<h4>${say.data}</h4>${rows.length > 0 ? `<table>${head}${rows.join('\n')}</table>` : `<p>${say.none}</p>`}`
}

/** A mail as it reads; all else as it is kept. */
function shown(value: unknown, say: Words) {
  if (!Value.Check(ExportedMail, value))
    return `<pre>${escapeHtml(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre>`
  const { subject, sentAt, text, attachments } = value
  return `${dl([
    [say.subject, subject],
    ...(sentAt === undefined ? [] : [[say.sentAt, momentOf(sentAt, say)] as [string, string]]),
    ...(attachments.length === 0 ? [] : [[say.attachments, attachments.join(', ')] as [string, string]]),
  ])}<pre>${escapeHtml(text)}</pre>`
}

const withheldOf = ({ system, record, what, reason, count }: ExportContents['withheld'][number], language: Locale) =>
  `${line(`${what}${count > 1 ? ` (${count})` : ''} – ${system ?? ''} ${record ?? ''}`)}${citesOf(reason, language)}`

/** Opened by who clicks on it: the page itself loads nothing. */
const picture = (file: string) => `<a href="${escapeHtml(file)}">${escapeHtml(file)}</a>`

/** What did not come in time, and pictures for which there was no room. */
function missingOf({ missing, controller }: ExportContents, say: Words) {
  const late = missing.filter(({ photo }) => photo === undefined).map(({ holder, record }) => `${holder}: ${record}`)
  const large = missing.flatMap(({ photo, record }) => (photo === undefined ? [] : [`${record}: ${photo}`]))
  return [
    ...(late.length > 0 ? [section(say.missing, [list(late)], say)] : []),
    ...(large.length > 0 ? [section(say.tooLarge(controller.contact), [list(large)], say)] : []),
  ].join('\n')
}

const consentsOf = ({ consents }: ExportContents, say: Words) =>
  consents.map(({ purpose, what, at, text }) => {
    const said = line(`${dayOf(at, say)}: ${purpose}, ${what === 'given' ? say.given : say.withdrawn}`)
    return text === undefined ? said : `${said}<blockquote><pre>${escapeHtml(text)}</pre></blockquote>`
  })

const requestsOf = ({ requests }: ExportContents) =>
  requests.map(({ receivedOn, kind, status, words: said, answer }) =>
    [`${receivedOn}: ${kind}, ${status}`, said, answer]
      .filter((each) => each !== undefined)
      .map((each) => line(each))
      .join(''),
  )
