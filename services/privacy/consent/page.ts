import { createHash } from 'node:crypto'
import { escapeHtml } from '@vilkar/mail/mail.ts'

const STYLE =
  'body{font-family:system-ui,sans-serif;max-width:36em;margin:3em auto;padding:0 1em;line-height:1.5}button{font:inherit;padding:.6em 1.2em}blockquote{white-space:pre-line}'

/** What a page of ours may load and send: its style, and its form back to us. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`

/** Kept by nobody on the way, and followed by no search engine. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': PAGE_POLICY,
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
} as const

type Page = { language: 'nb' | 'en'; title: string; says: string[]; quote?: string; button?: string }

/** A page of a few sentences, with one button at most, which posts to the page's own address. */
export function pageOf({ language, title, says, quote, button }: Page) {
  const paragraphs = says.map((text) => `<p>${escapeHtml(text)}</p>`).join('')
  const quoted = quote === undefined ? '' : `<blockquote>${escapeHtml(quote)}</blockquote>`
  const form = button === undefined ? '' : `<form method="post"><button>${escapeHtml(button)}</button></form>`
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style><main><h1>${escapeHtml(title)}</h1>${paragraphs}${quoted}${form}</main></html>`
}
