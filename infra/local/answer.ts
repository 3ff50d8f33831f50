import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, html } from './html.ts'

/** Answers with a page in the frame of all pages. */
export type Show = (reply: FastifyReply, title: string, body: Html) => FastifyReply

export const wantsPage = ({ headers: { accept = '' } }: FastifyRequest) => accept.includes('text/html')

export const notice = (text: string) => html`<section><p>${text}</p><p><a href="/">Back</a></p></section>`

/** 404, as a page or as JSON. */
export function missing(request: FastifyRequest, reply: FastifyReply, show: Show, detail: string) {
  reply.status(404)
  return wantsPage(request) ? show(reply, 'Not here', notice(detail)) : reply.send({ detail })
}

export const sendHtml = (reply: FastifyReply, policy: string, body: string) =>
  reply
    .headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(body)
