import { html } from 'hono/html'
import { assetUrl } from './assets.ts'
import type { Html } from './show.ts'
import type { View } from './view.ts'
import { type Language, languages } from './words.ts'

const NAMES: Record<Language, string> = { nb: 'Norsk', en: 'English' }

type Page = {
  /** What the page is about: it stands in the window's title and, unless `heading` is false, as its first heading. */
  title: string
  main: Html
  heading?: false
  /** For customers: nothing of it is for whoever signs in. */
  open?: true
  /** For a narrow frame: nothing stands around it. */
  framed?: true
}

/** A whole page: skip link, header with navigation and language, content, footer. */
export const page = (view: View, { title, main, heading, open, framed }: Page): Html => html`<!doctype html>
<html lang="${view.language}" data-color-scheme="auto" data-size="sm">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"history":false,"noSwap":[204,304,"4xx","5xx"]}'>
<title>${title} – ${view.say('product')}</title>
<link rel="icon" href="${assetUrl('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assetUrl('theme.css')}">
<link rel="stylesheet" href="${assetUrl('designsystemet.css')}">
<link rel="stylesheet" href="${assetUrl('console.css')}">
<script src="${assetUrl('htmx.js')}" defer></script>
<script src="${assetUrl('copy.js')}" defer></script>
</head>
<body${framed && html` class="framed"`}>
<a class="ds-skip-link" href="#content">${view.say('skip')}</a>
${!framed && header(view, open)}
<main id="content" tabindex="-1">
${heading !== false && html`<h1 class="ds-heading" data-size="md">${title}</h1>`}
${main}
</main>
${!framed && html`<footer><p>${view.say('footer')}</p></footer>`}
</body>
</html>
`

const header = (view: View, open: true | undefined) => html`<header class="top">
<a class="brand" href="${open ? '/customer/withdraw' : '/'}">${view.say('product')}</a>
<nav aria-label="${view.say('navigation')}"><ul>
${placesFor(view).map(
  ({ href, label }) =>
    html`<li><a class="ds-link" href="${href}"${view.url.split('?')[0] === href && html` aria-current="page"`}>${label(view.language)}</a></li>`,
)}
</ul></nav>
<div class="who">
<ul class="languages" aria-label="${view.say('language')}">
${languages.map((language) =>
  language === view.language
    ? html`<li><span lang="${language}" aria-current="true">${NAMES[language]}</span></li>`
    : html`<li><a class="ds-link" lang="${language}" hreflang="${language}" href="/language/${language}?back=${encodeURIComponent(view.url)}">${NAMES[language]}</a></li>`,
)}
</ul>
${
  view.person
    ? html`<span>${view.say('signedInAs', { name: view.person.name })}</span>
<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="${view.csrf()}"><button class="ds-button" data-variant="tertiary" type="submit">${view.say('signOut')}</button></form>`
    : !open && html`<a class="ds-link" href="/sign-in">${view.say('signIn')}</a>`
}
</div>
</header>`

const placesFor = ({ places, person }: View) =>
  places.filter(({ scope }) => scope === undefined || person?.scopes.has(scope) === true)
