import type { FastifyReply, FastifyRequest } from 'fastify'
import { page } from '../pages/layout.ts'
import { type Html, show } from '../pages/show.ts'

/** What a page for customers knows of whoever visits it, by whatever route. */
export type Visit = Pick<FastifyRequest, 'view' | 'session' | 'ip' | 'body' | 'query'>

/** A page for customers: in the frame of all pages, without what is for staff. */
export const showCustomer = (request: Visit, reply: FastifyReply, content: { title: string; main: Html }) =>
  show(reply, page(request.view, { ...content, open: true }))

/** By whose address a door counts how often it is asked: the visitor's, not the console's. */
export const visitorOf = ({ ip }: Visit) => ({ 'x-forwarded-for': ip })
