import { createHash } from 'node:crypto'
import { escapeHtml } from '@vilkar/mail/mail.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { PolicyView } from './http/policy-view.ts'

const words = {
  nb: {
    language: 'Norsk bokmål',
    languages: 'Språk',
    contents: 'Innhold',
    title: 'Personvernerklæring',
    about: 'Det selskapet lover om personopplysninger, gjengitt med våre ord.',
    findings: 'Der erklæringen er dårligere enn loven, eller ikke stemmer med seg selv',
    aboutFindings: 'Her gjelder loven likevel.',
    law: 'Se',
    edition: 'Utgave',
    printed: 'Datert',
    'first-seen': 'Udatert; først sett',
    contact: 'Krav sendes til',
    authorities: 'Klage sendes til',
    fingerprint: 'Fingeravtrykk (SHA-256)',
    date: 'nb-NO',
  },
  en: {
    language: 'English',
    languages: 'Language',
    contents: 'Contents',
    title: 'Privacy policy',
    about: 'What the company promises about personal data, in our own words.',
    findings: 'Where the policy falls short of the law, or of itself',
    aboutFindings: 'Here the law holds all the same.',
    law: 'See',
    edition: 'Edition',
    printed: 'Dated',
    'first-seen': 'Undated; first seen',
    contact: 'Requests go to',
    authorities: 'Complaints go to',
    fingerprint: 'Fingerprint (SHA-256)',
    date: 'en-GB',
  },
} as const
type Words = (typeof words)[Locale]

const STYLE = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 20%,transparent);--quiet:color-mix(in srgb,currentColor 70%,transparent);--mark:color-mix(in srgb,gold 25%,transparent)}
body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:2rem;line-height:1.2;margin:1rem 0 .5rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line);scroll-margin-top:1rem}
h2 a,.sources{color:var(--quiet)}
h2 a{text-decoration:none}
h2 a:hover,h2 a:focus{text-decoration:underline}
nav ul{list-style:none;padding:0;margin:0}
.languages li{display:inline-block;margin-right:1rem}
.contents ul{columns:18rem}
.sources{font-size:.9375rem;margin:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dt{color:var(--quiet)}
dd{margin:0}
:target{background:var(--mark)}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
@media print{nav{display:none}body{max-width:none}}
`
const styleHash = createHash('sha256').update(STYLE).digest('base64')

/** The page may be styled by the one style sheet that stands in it, and may load, run, send and be framed by nothing. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** An edition of a policy as a page to read, print and link to: an anchor per section (`#s-11`). */
export function policyPage(view: PolicyView): string {
  const say = words[view.locale]
  const title = `${say.title} – ${view.name}`
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
<h1>${escapeHtml(title)}</h1>
<p>${say.about}</p>
${facts(view, say)}
${contents(view, say)}
${view.sections.map(sectionOf).join('\n')}
${findingsSection(view, say)}
</main>
</body>
</html>
`
}

function languages({ locale }: PolicyView, say: Words) {
  const items = (['nb', 'en'] as const).map((each) =>
    each === locale
      ? `<li><span aria-current="true">${words[each].language}</span></li>`
      : `<li><a href="?locale=${each}&amp;format=html" lang="${each}" hreflang="${each}">${words[each].language}</a></li>`,
  )
  return `<nav class="languages" aria-label="${say.languages}"><ul>${items.join('')}</ul></nav>`
}

function facts({ id, since, dated, contact, authorities, sha256 }: PolicyView, say: Words) {
  const day = Temporal.PlainDate.from(since).toLocaleString(say.date, { dateStyle: 'long' })
  const rows = [
    [say.edition, escapeHtml(id)],
    [say[dated], `<time datetime="${since}">${day}</time>`],
    [say.contact, escapeHtml(contact)],
    [say.authorities, escapeHtml(authorities.join(', '))],
    [say.fingerprint, `<code>${sha256}</code>`],
  ]
  return `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('')}</dl>`
}

function contents({ sections, findings }: PolicyView, say: Words) {
  const items = [
    ...sections.map(({ anchor, title }) => [anchor, title]),
    ...(findings.length > 0 ? [['findings', say.findings]] : []),
  ]
  const links = items.map(([anchor, title]) => `<li><a href="#${anchor}">${escapeHtml(title!)}</a></li>`)
  return `<nav class="contents" aria-label="${say.contents}"><ul>${links.join('')}</ul></nav>`
}

const sectionOf = ({ place, anchor, title, text }: PolicyView['sections'][number]) => `<section>
<h2 id="${anchor}"><a href="#${anchor}">${escapeHtml(place)}</a> ${escapeHtml(title)}</h2>
<p>${escapeHtml(text)}</p>
</section>`

function findingsSection({ findings, sections }: PolicyView, say: Words) {
  if (findings.length === 0) return ''
  const own = new Map(sections.map(({ place, anchor }) => [place, anchor]))
  const linkOf = (cite: PolicyView['findings'][number]['cites'][number]) => {
    if (!('act' in cite)) return escapeHtml(cite.text)
    const name = escapeHtml(`${cite.act} ${cite.section}`)
    const anchor = /privacy|personvernerklæring/.test(cite.act) ? own.get(cite.section) : undefined
    const address = anchor ? `#${anchor}` : cite.url
    return address ? `<a href="${escapeHtml(address)}">${name}</a>` : name
  }
  const items = findings.map(
    ({ code, finding, cites }) => `<li id="finding-${code}"><p>${escapeHtml(finding)}</p>
<p class="sources">${say.law}: ${cites.map(linkOf).join(', ')}.</p></li>`,
  )
  return `<section><h2 id="findings">${say.findings}</h2>
<p>${say.aboutFindings}</p>
<ol>
${items.join('\n')}
</ol></section>`
}
