import type { FastifyReply } from 'fastify'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Markup in which everything that was put in is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Answers with a page. */
export const show = async (reply: FastifyReply, markup: Html) =>
  reply.type('text/html; charset=utf-8').send(String(await markup))

/** Leads on after a form was taken (RFC 9110 § 15.4.4): what is shown then can be reloaded without sending anything again. */
export const leadTo = (reply: FastifyReply, path: string) => reply.redirect(path, 303)

/** A path of our own, or the front page for whatever is none: nobody is led to another site. */
export const ownPath = (path: unknown) => (typeof path === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/')
