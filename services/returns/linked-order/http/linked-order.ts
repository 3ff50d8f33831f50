import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import type { Deps } from '../../deps.ts'
import { ask } from './ask.ts'
import { askPreviews } from './ask-preview.ts'
import { cases } from './cases.ts'
import { choicePreviews } from './choice-preview.ts'
import type { ByLink } from './door.ts'
import { dossier } from './dossier.ts'
import { exchange } from './exchange.ts'
import { photos } from './photos.ts'
import { proof } from './proof.ts'
import { rights } from './rights.ts'

/** All that whoever has the signed link of an order may do with it. One address may ask so often in a minute, of all of it together. */
export function linkedOrder(server: Server, deps: Deps) {
  const onRequest = countAddressAt(server as never, () => deps.settings.linkRequestsPerMinute)
  const door: ByLink = { config: { access: 'public' }, onRequest }
  rights(server, deps, door)
  ask(server, deps, door)
  askPreviews(server, deps, door)
  choicePreviews(server, deps, door)
  exchange(server, deps, door)
  cases(server, deps, door)
  photos(server, deps, door)
  proof(server, deps, door)
  dossier(server, door)
}
