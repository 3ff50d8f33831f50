import { answered, isProblemError, type Problem } from '@vilkar/client/client.ts'
import type { FastifyReply } from 'fastify'
import { html } from 'hono/html'
import { problemText } from './faults.ts'
import type { Html } from './show.ts'
import type { View } from './view.ts'

/** What a service said to a form: its answer, or why it refuses. */
export type Attempt<Data> = { data: Data; refused?: undefined } | { data?: undefined; refused: Problem }

/** Tells a service what a form said. What it refuses is a value, for the page with the form to show; what is silent is thrown. */
export const attempt = <Data>(call: Parameters<typeof answered<Data>>[0]) => attempted(() => answered(call))

/** As `attempt`, of what asks a service in the course of other work. */
export async function attempted<Data>(act: () => Promise<Data>): Promise<Attempt<Data>> {
  try {
    return { data: await act() }
  } catch (error) {
    if (!isProblemError(error) || error.problem.status >= 500 || error.problem.status === 401) throw error
    return { refused: error.problem }
  }
}

/** Why a form was refused, above the page that it stands on. */
export const refusalOf = (view: View, problem: Problem): Html =>
  html`<div class="ds-alert" data-color="warning" role="alert">${problemText(view, problem)}</div>`

/** Answers with the status of what was refused. */
export const refusedWith = (reply: FastifyReply, { status }: Problem) => reply.status(status)
