import { createHash } from 'node:crypto'
import { escapeHtml } from '@vilkar/mail/mail.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { EditionView } from './terms-view.ts'

const words = {
  nb: {
    language: 'Norsk bokmål',
    languages: 'Språk',
    contents: 'Innhold',
    findings: 'Der vilkårene er dårligere enn loven',
    aboutFindings:
      'Slik selgeren har trykt vilkårene, er de noen steder dårligere enn loven eller sier for lite. Her står det hva du får i stedet.',
    see: 'Se hva du får i stedet',
    instead: 'I stedet',
    about: 'Gjelder',
    wholePage: 'hele siden',
    law: 'Lov',
    form: 'Angreskjema',
    edition: 'Utgave',
    from: 'Gjelder fra',
    until: 'Gjelder til',
    fingerprint: 'Fingeravtrykk (SHA-256)',
    formats: 'Andre formater',
    date: 'nb-NO',
  },
  en: {
    language: 'English',
    languages: 'Language',
    contents: 'Contents',
    findings: 'Where the terms give less than the law',
    aboutFindings:
      'As the seller printed them, the terms in some places give less than the law or say too little. Here is what you get instead.',
    see: 'See what you get instead',
    instead: 'Instead',
    about: 'About',
    wholePage: 'the whole page',
    law: 'Law',
    form: 'Withdrawal form',
    edition: 'Edition',
    from: 'In force from',
    until: 'In force until',
    fingerprint: 'Fingerprint (SHA-256)',
    formats: 'Other formats',
    date: 'en-GB',
  },
} as const
type Words = (typeof words)[Locale]

const STYLE = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 20%,transparent);--quiet:color-mix(in srgb,currentColor 70%,transparent);--mark:color-mix(in srgb,gold 25%,transparent)}
body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:2rem;line-height:1.2;margin:1rem 0 .5rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
h2,[id^=c],li{scroll-margin-top:1rem}
section>p{margin:.5rem 0}
.sentence{display:grid;grid-template-columns:3.25rem 1fr}
.number{font-variant-numeric:tabular-nums;color:var(--quiet);text-decoration:none}
.number:hover,.number:focus{text-decoration:underline}
.see,.sources{font-size:.9375rem;color:var(--quiet)}
.see{display:block}
.findings>li{margin:1.25rem 0}
.findings p{margin:.25rem 0}
.form{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem}
nav ul,.languages ul{list-style:none;padding:0;margin:0}
.languages li{display:inline-block;margin-right:1rem}
.contents ul{columns:18rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dt{color:var(--quiet)}
dd{margin:0}
:target{background:var(--mark)}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}.sentence{grid-template-columns:2.75rem 1fr}}
@media print{nav{display:none}body{max-width:none}}
`

const styleHash = createHash('sha256').update(STYLE).digest('base64')

/** The page may be styled by the one style sheet that stands in it, and may load, run, send and be framed by nothing. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/**
 * An edition as a page to read, print and link to: an anchor per clause (`#c8`) and per sentence (`#c8.2`). It is built
 * from the edition's parts; Markdown is not translated, so nothing but the few elements below can ever be in it.
 */
export function termsPage(view: EditionView): string {
  const say = words[view.locale]
  const title = `${view.title} – ${view.id}`
  return `<!doctype html>
<html lang="${view.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${languages(view, say)}
<main>
<h1>${escapeHtml(view.title)}</h1>
<p>${linked(view.introduction)}</p>
${facts(view, say)}
${contents(view, say)}
${view.clauses.map((clause) => clauseSection(clause, view, say)).join('\n')}
${findingsSection(view, say)}
${formSection(view, say)}
</main>
</body>
</html>
`
}

/** Text made safe, with addresses on the web as links. */
const linked = (text: string) =>
  escapeHtml(text).replace(/https:\/\/[^\s<]*[^\s<.,]/g, (address) => `<a href="${address}">${address}</a>`)

function languages({ locale }: EditionView, say: Words) {
  const items = (['nb', 'en'] as const).map((each) => {
    const name = words[each].language
    return each === locale
      ? `<li><span aria-current="true">${name}</span></li>`
      : `<li><a href="?locale=${each}&amp;format=html" lang="${each}" hreflang="${each}">${name}</a></li>`
  })
  return `<nav class="languages" aria-label="${say.languages}"><ul>${items.join('')}</ul></nav>`
}

function facts({ id, inForceFrom, until, sha256, locale }: EditionView, say: Words) {
  const day = (instant: string) => {
    const date = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
    return `<time datetime="${instant}">${date.toLocaleString(say.date, { dateStyle: 'long' })}</time>`
  }
  const format = (name: string, label: string) => `<a href="?locale=${locale}&amp;format=${name}">${label}</a>`
  const rows = [
    [say.edition, escapeHtml(id)],
    [say.from, day(inForceFrom)],
    ...(until === undefined ? [] : [[say.until, day(until)]]),
    [say.fingerprint, `<code>${sha256}</code>`],
    [say.formats, `${format('markdown', 'Markdown')}, ${format('json', 'JSON')}`],
  ]
  return `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('')}</dl>`
}

function contents({ clauses, findings }: EditionView, say: Words) {
  const items = [
    ...clauses.map(({ number, title }) => [`c${number}`, `${number} ${title}`]),
    ...(findings.length > 0 ? [['findings', say.findings]] : []),
    ['withdrawal-form', say.form],
  ]
  const links = items.map(([id, text]) => `<li><a href="#${id}">${escapeHtml(text!)}</a></li>`)
  return `<nav class="contents" aria-label="${say.contents}"><ul>${links.join('')}</ul></nav>`
}

function clauseSection({ number, title, sentences }: EditionView['clauses'][number], view: EditionView, say: Words) {
  const lines = sentences.map((sentence) => {
    const see = view.findings.map(({ id, clauses, summary }, at) =>
      clauses.includes(sentence.number)
        ? ` <a class="see" href="#finding-${id}" aria-label="${escapeHtml(`${say.see}: ${summary}`)}">${say.see} (${at + 1})</a>`
        : '',
    )
    const anchor = `c${sentence.number}`
    return `<p class="sentence" id="${anchor}"><a class="number" href="#${anchor}">${sentence.number}</a> <span>${linked(sentence.text)}${see.join('')}</span></p>`
  })
  return `<section>
<h2 id="c${number}">${number} ${escapeHtml(title)}</h2>
${lines.join('\n')}
</section>`
}

function findingsSection({ findings }: EditionView, say: Words) {
  if (findings.length === 0) return ''
  const items = findings.map(({ id, summary, instead, clauses, cites }) => {
    const about = clauses.map((number) => `<a href="#c${number}">${number}</a>`).join(', ') || say.wholePage
    const law = cites.map((cite) => {
      const name = escapeHtml(
        'act' in cite ? `${cite.act} ${cite.section}` : 'clause' in cite ? `${cite.edition} ${cite.clause}` : cite.text,
      )
      return 'url' in cite && cite.url !== undefined ? `<a href="${escapeHtml(cite.url)}">${name}</a>` : name
    })
    return `<li id="finding-${id}">
<p>${escapeHtml(summary)}</p>
<p><strong>${say.instead}:</strong> ${escapeHtml(instead)}</p>
<p class="sources">${say.about}: ${about}. ${say.law}: ${law.join(', ')}.</p>
</li>`
  })
  return `<section aria-labelledby="findings">
<h2 id="findings">${say.findings}</h2>
<p>${say.aboutFindings}</p>
<ol class="findings">
${items.join('\n')}
</ol>
</section>`
}

/** The form is Markdown of one heading and plain paragraphs, in which only the star is escaped. */
function formSection({ withdrawalForm }: EditionView, say: Words) {
  const paragraphs = withdrawalForm
    .trim()
    .split('\n\n')
    .filter((paragraph) => !paragraph.startsWith('# '))
    .map((paragraph) => `<p>${linked(paragraph.replaceAll('\\*', '*'))}</p>`)
  return `<section aria-labelledby="withdrawal-form">
<h2 id="withdrawal-form">${say.form}</h2>
<div class="form">
${paragraphs.join('\n')}
</div>
</section>`
}
