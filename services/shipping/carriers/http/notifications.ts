import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { eventsIn, isSignedNow } from '../generic/signed.ts'
import { hearEvents } from '../hear.ts'
import { type Carrier, type Hint, type SigningCarrier, signs } from '../port.ts'
import { bringsSecret } from '../secret.ts'
import { askActivation, checkNow, lockParcel } from '../store.ts'

/** As many parcels as one call may have read at once. */
const MAX_HINTS = 100

/**
 * `POST /carriers/{carrier}/notifications`: where carriers call. What one with an API says is a hint that has it read; what one
 * that signs says is believed. The body is taken as it came.
 */
export function notifications(server: Server, deps: Deps) {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.post<{ Params: { carrier: string } }>(
      '/carriers/:carrier/notifications',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'tellOfParcels',
          summary: 'A carrier tells of parcels',
          description:
            'Bring, UPS and DHL bring our secret in a header, and nothing that they say is believed: their tracking API is read. Any other carrier signs as Standard Webhooks has it (`webhook-id`, `webhook-timestamp` of the last five minutes, `webhook-signature`) and tells `{"events": [{"eventId", "trackingNumber", "code", "occurredAt", "place", "receivedBy"}]}`, up to 100, `code` being `in-transit`, `at-pickup-point`, `refused`, `uncollected`, `lost`, `damaged`, `returned`, `left-elsewhere` or `taken-by-` and who took it. An event is heard once, by its `eventId`. A signed call is taken whole or not at all: one with more events, or with one that has no `eventId`, `trackingNumber` or `code`, is answered 400 with `errors` that name them, and is to be mended and sent again. Without the secret or the signature nothing happens.',
          tags: ['carriers'],
          params: Type.Object({ carrier: Type.String({ minLength: 1, maxLength: 40, examples: ['bring'] }) }),
          response: { 202: Type.Null({ description: 'Noted.' }), ...problems(400, 401, 404, 409) },
        },
      },
      async ({ params, headers, body }, reply) => {
        const carrier = deps.carriers.named(params.carrier)
        if (carrier === undefined) throw httpError(404, 'carrier-unknown', 'This shop does not hear such a carrier.')
        const call = { headers, body: typeof body === 'string' ? body : '' }
        if (signs(carrier)) await hearSigned(deps, carrier, call)
        else await hearHints(deps, carrier, call)
        return reply.status(202).send()
      },
    )
  })
}

type Call = { headers: Record<string, string | string[] | undefined>; body: string }

async function hearSigned(deps: Deps, carrier: SigningCarrier, call: Call) {
  if (!(await isSignedNow(call, carrier.secret, deps.clock.now())))
    throw httpError(401, 'signature-invalid', 'The call is not signed with our secret, or not of the last minutes.')
  const { told: events, faults } = eventsIn(call.body)
  if (faults) {
    deps.log.warn({ carrier: carrier.name, fault: faults[0] }, 'a carrier signed what cannot be taken')
    throw untakable(faults)
  }
  const told = Map.groupBy(events, ({ trackingNumber }) => trackingNumber)
  // A piece of work a parcel: what is wrong with one is not the others’, and what is sent again is heard once.
  for (const [trackingNumber, events] of [...told].sort(([one], [other]) => (one < other ? -1 : 1)))
    await deps.together(`${carrier.name} ${trackingNumber}`, (trx) =>
      hearEvents(
        trx,
        carrier,
        trackingNumber,
        events.map(({ event }) => event),
        deps.clock.now(),
      ),
    )
}

const MAX_FAULTS = 10

/** 400 with the events that are wrong, the first of them: nothing of the call was taken. */
function untakable(faults: { field: string; message: string }[]) {
  const errors = faults.slice(0, MAX_FAULTS)
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  return httpError(400, 'invalid-input', `${detail}. Nothing of the call was taken.`, { errors })
}

async function hearHints(deps: Deps, carrier: Carrier, { headers, body }: Call) {
  if (!bringsSecret(headers[carrier.secretHeader], deps.carriers.secrets))
    throw httpError(401, 'signature-invalid', 'The call does not bring our secret.')
  for (const hint of carrier.hints(parsed(body)).slice(0, MAX_HINTS)) await take(deps, carrier, hint)
}

async function take(deps: Deps, carrier: Carrier, hint: Hint) {
  const now = deps.clock.now().toString()
  if ('activate' in hint) {
    const { subscriptionId, secret } = hint.activate
    await askActivation(deps.db, carrier.name, subscriptionId, secret, now)
    return
  }
  const name = { carrier: carrier.name, trackingNumber: hint.trackingNumber }
  await transact(deps, async (trx) => {
    await lockParcel(trx, name, now)
    await checkNow(trx, name, now, false)
  })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
