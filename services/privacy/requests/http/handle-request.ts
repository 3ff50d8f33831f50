import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { identityProof, refusalReply } from '@vilkar/terms/privacy/requests.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { isRestricted, liftRestriction } from '../../subjects/restrictions.ts'
import type { RequestMail } from '../mails/kinds.ts'
import { writeMail } from '../mails/write.ts'
import { carryOut, dueOnOf, withReasons } from '../receive.ts'
import { lockRequest, type RequestRow, setRequest } from '../store.ts'
import type { RequestPersonal, RequestState, RequestStatus } from '../tables.ts'
import { RequestView, requestUnknown, requestView } from './request-view.ts'

const tags = ['requests']
const params = Type.Object({ id: Id })
const strict = { additionalProperties: false }
const answers = { 200: RequestView, ...problems(400, 401, 403, 404, 409) }
/** Proof that is asked for later than so many days after receipt does not stop the month (GDPR Art. 12(6), 12(3)). */
const AT_ONCE_DAYS = 3

const KNOWN = 'Who asks has signed in or followed a link to their own address: nothing more may be asked of them.'

type Step = {
  path: string
  operationId: string
  summary: string
  description: string
  /** What staff says with it, in words. */
  word: string
  /** Throws a 409 problem when it cannot be. */
  step: (row: RequestRow, said: Said) => Changes
}
type Said = { word: string; by: string; at: Temporal.Instant; outcome?: 'done' | 'refused' }
type Changes = {
  status?: RequestStatus
  state?: Partial<RequestState>
  personal: Partial<RequestPersonal>
  over?: true
  /** Which mail tells the person of it, with what staff said. */
  mail?: RequestMail
}

const dayOf = (at: Temporal.Instant) => osloDay(at).toString()

const steps: Step[] = [
  {
    path: 'doubt',
    operationId: 'doubtIdentity',
    summary: 'Ask for proof of who is asking, because there is reasonable doubt',
    description:
      'Only with a reason for the doubt, and no more than is needed: a copy of an identity card is never asked for as a habit, whatever a policy says (GDPR Art. 12(6), 5(1)(c)). Asked within three days the month runs from the proof.',
    word: 'Why there is doubt, as the person is told.',
    step: ({ status, channel, controller, received_on, state, answered_at }, { word, at }) => {
      if (answered_at !== null) throw httpError(409, 'request-over', 'The request is answered already.')
      if (status === 'to-pass-on')
        throw httpError(409, 'organisation-answers', 'The organisation that answers also asks who it is: pass it on.')
      const isKnown = channel === 'signed-in' || channel === 'link'
      const proof = identityProof(policyOf(controller as PolicyId), { doubted: !isKnown })
      if (proof.outcome === 'refused') throw httpError(409, 'identity-proven', KNOWN, { reasons: proof.reasons })
      if (state.doubted) throw httpError(409, 'identity-doubted', 'Proof was asked for already.')
      const days = Temporal.PlainDate.from(received_on).until(osloDay(at)).days
      const doubted = { on: dayOf(at), atOnce: days <= AT_ONCE_DAYS }
      const { reasons } = withReasons(state, proof.reasons)
      return {
        status: 'waiting-for-identity',
        state: { doubted, reasons },
        personal: { doubt: word },
        mail: 'identity',
      }
    },
  },
  {
    path: 'identity',
    operationId: 'proveIdentity',
    summary: 'The person has shown who they are',
    description: 'The month runs from here if proof was asked for at once, and what can be carried out is.',
    word: 'How, without copying the proof.',
    step: ({ status }, { word, at }) => {
      if (status !== 'waiting-for-identity') throw httpError(409, 'identity-not-asked', 'No proof is waited for.')
      return { status: 'open', state: { provenOn: dayOf(at) }, personal: { proof: word } }
    },
  },
  {
    path: 'extension',
    operationId: 'extendRequest',
    summary: 'Two months more are needed, and the person is told why',
    description:
      'Within the first month, with the reason (GDPR Art. 12(3)). Said later it would not hold, and is refused.',
    word: 'Why, as the person is told.',
    step: ({ answered_at, due_on, state }, { word, at }) => {
      if (answered_at !== null) throw httpError(409, 'request-over', 'The request is answered already.')
      if (state.extension) throw httpError(409, 'request-extended', 'It was extended once, and cannot be again.')
      if (due_on === null || Temporal.PlainDate.compare(osloDay(at), due_on) > 0)
        throw httpError(409, 'extension-too-late', 'The first month is over: more time can only be taken within it.')
      return { state: { extension: { toldOn: dayOf(at) } }, personal: { extension: word }, mail: 'extended' }
    },
  },
]

/** What staff does with a request: doubt, proof, more time, and the answer. */
export function handleRequest(server: Server, deps: Deps) {
  for (const { path, operationId, summary, description, word, step } of steps)
    server.put(
      `/requests/:id/${path}`,
      {
        config: { access: 'privacy:write' },
        schema: {
          ...{ operationId, summary, description, tags, params },
          body: Type.Object(
            { why: Type.String({ ...Why, description: word }) },
            { ...strict, title: `RequestStep${path}` },
          ),
          response: answers,
        },
      },
      async ({ params: { id }, body: { why }, caller }) => {
        const at = deps.clock.now()
        return carryOn(deps, id, at, (row) => step(row, { word: asKept(why), by: caller.subject, at }))
      },
    )
  answerRoute(server, deps)
  liftRoute(server, deps)
}

function answerRoute(server: Server, deps: Deps) {
  server.put(
    '/requests/:id/answer',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'answerRequest',
        summary: 'The person was answered: it is done, or refused with reasons',
        description:
          'A refusal says why; where to complain is told with it (GDPR Art. 12(4)). One that comes after the last day has the reason `refusal-needs-reasons-and-complaint-route-in-time`. A first answer stands.',
        tags,
        params,
        body: Type.Object(
          {
            outcome: Type.Union([Type.Literal('done'), Type.Literal('refused')]),
            answer: Type.String({ ...Why, description: 'What the person was told.' }),
          },
          { ...strict, title: 'RequestAnswer' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { outcome, answer }, caller }) => {
      const at = deps.clock.now()
      return carryOn(deps, id, at, ({ answered_at, due_on, state }) => {
        if (answered_at !== null) throw httpError(409, 'request-over', 'The request is answered already.')
        const personal = { answer: asKept(answer), answeredBy: caller.subject }
        if (outcome === 'done') return { status: 'answered', personal, over: true, mail: 'answered' }
        const dueOn = due_on === null ? undefined : Temporal.PlainDate.from(due_on)
        const { reasons } = withReasons(state, refusalReply({ replied: true, repliedOn: osloDay(at), dueOn }).reasons)
        return { status: 'refused', state: { reasons }, personal, over: true, mail: 'refused' }
      })
    },
  )
}

function liftRoute(server: Server, deps: Deps) {
  server.delete(
    '/requests/:id/restriction',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'liftRestriction',
        summary: 'What was only stored may be used again; the person is told before (GDPR Art. 18(3))',
        description:
          'Where the person left an address they are mailed, and it is lifted once their mail server took that or never will; else at once, and staff tells them first.',
        tags,
        params,
        response: { 204: Type.Null(), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }, reply) => {
      const at = deps.clock.now().toString()
      await transact(deps, async (trx) => {
        const row = await lockRequest(trx, id)
        if (row === undefined) throw requestUnknown()
        if (!(await isRestricted(trx, id))) return
        if (!(await writeMail(trx, deps, row, 'lifting'))) await liftRestriction(trx, id, at)
      })
      return reply.status(204).send(null)
    },
  )
}

/** Takes one step of a request, works its day out anew, and carries out what may be by now. */
const carryOn = (deps: Deps, id: string, at: Temporal.Instant, step: (row: RequestRow) => Changes) =>
  transact(deps, async (trx) => {
    const row = await lockRequest(trx, id)
    if (row === undefined) throw requestUnknown()
    const changes = step(row)
    const before = { ...row.state, ...changes.state }
    const { dueOn } = dueOnOf(row.controller as PolicyId, row.received_on, before)
    const over = changes.over ? at.toString() : row.answered_at
    await setRequest(trx, id, {
      ...{ status: changes.status ?? row.status, dueOn: dueOn?.toString() ?? null, answeredAt: over },
      ...{ state: before, personal: { ...row.personal, ...changes.personal } },
    })
    if (changes.status === 'open') await carryOut(trx, (await lockRequest(trx, id))!, at)
    const after = (await lockRequest(trx, id))!
    const { mail, personal } = changes
    const word = personal.answer ?? personal.extension ?? personal.doubt
    if (mail !== undefined) await writeMail(trx, deps, after, mail, { word })
    else if (row.answered_at === null && after.status === 'answered') await writeMail(trx, deps, after, 'answered')
    return requestView(after)
  })
