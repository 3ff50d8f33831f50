import { createHash } from 'node:crypto'
import { type Html, html } from './html.ts'

const STYLE = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 16%,transparent);--quiet:color-mix(in srgb,currentColor 65%,transparent);--card:color-mix(in srgb,currentColor 3%,Canvas);--accent:light-dark(#0b5d4e,#6fd6bd)}
*{box-sizing:border-box}
body{font:1rem/1.55 system-ui,sans-serif;margin:0 auto;max-width:68rem;padding:1.25rem 1.25rem 4rem;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.25rem;margin-bottom:1.5rem;padding-bottom:.75rem;border-bottom:1px solid var(--line)}
header a{font-size:1.375rem;font-weight:700;text-decoration:none;color:var(--accent)}
header p{margin:0;color:var(--quiet)}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.0625rem;margin:0 0 .75rem}
a{color:var(--accent)}
main{display:grid;grid-template-columns:repeat(12,1fr);gap:1rem}
main>*{grid-column:1/-1}
section{background:var(--card);border:1px solid var(--line);border-radius:.625rem;padding:1rem 1.125rem;min-width:0}
.half{grid-column:span 6}
p{margin:0 0 .75rem}
p:last-child{margin-bottom:0}
.quiet,th,dt,time{color:var(--quiet)}
a .quiet{color:color-mix(in srgb,CanvasText 70%,transparent)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{font-weight:400;font-size:.875rem;text-align:left}
th,td{overflow-wrap:normal;padding:.375rem .75rem .375rem 0;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child>td{border-bottom:0}
td:last-child,th:last-child{padding-right:0}
.amount{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.nowrap{white-space:nowrap}
.url{overflow-wrap:anywhere}
form{display:inline-flex;flex-wrap:wrap;gap:.375rem;margin:0 .25rem .375rem 0}
button,input{font:inherit;border-radius:.4375rem;border:1px solid var(--line);padding:.3125rem .75rem;background:Canvas;color:CanvasText}
button{cursor:pointer;border-color:var(--accent);color:var(--accent)}
button:hover{background:var(--accent);color:Canvas}
input{width:7rem}
.now{font-size:1.375rem;font-variant-numeric:tabular-nums;margin-bottom:.75rem}
pre,code{font:.875rem/1.5 ui-monospace,monospace}
pre{background:Canvas;border:1px solid var(--line);border-radius:.4375rem;padding:.75rem;margin:0;white-space:pre-wrap}
.all{user-select:all}
iframe{width:100%;height:32rem;border:1px solid var(--line);border-radius:.4375rem;background:#fff}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}
dd{margin:0}
ul,ol{margin:0;padding-left:1.125rem}
#live,.places{list-style:none;padding:0}
.places{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr));gap:.75rem}
.places a{display:block;text-decoration:none;font-weight:600;border:1px solid var(--line);border-radius:.5rem;padding:.625rem .875rem;background:Canvas}
.places span{display:block;font-weight:400}
ol+p{margin-top:.75rem}
p+details,pre+details,iframe+details{margin-top:.75rem}
dl+p{margin-top:.75rem}
summary{cursor:pointer}
@media (max-width:48rem){.half{grid-column:1/-1}dl{grid-template-columns:1fr}dd{margin-bottom:.375rem}}
`
const styleHash = createHash('sha256').update(STYLE).digest('base64')

/** A page may be styled by its own style sheet, send forms to where it came from and frame a mail; it runs and loads nothing. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'`
/** The front page also runs its own script, which hears of events from where it came. */
export const LIVE_POLICY = `${PAGE_POLICY}; script-src 'self'; connect-src 'self'`
/** What a mail brings along must not run or load anything, nor be taken for the page around it. */
export const MAIL_POLICY = `default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox`

/** A whole page of the local stack; `now` is what its clock shows. */
export const page = (title: string, now: string, body: Html) =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Vilkår</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<header><a href="/">Vilkår</a><p>runs on this machine · ${now}</p></header>
<main>
${body}
</main>
</body>
</html>
`.markup
