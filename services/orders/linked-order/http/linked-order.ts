import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { problems } from '@vilkar/server/problems.ts'
import {
  createSignedLinks,
  isForAddress,
  linkUnknown,
  ORDER_LINK,
  type SignedLinks,
} from '@vilkar/server/signed-links.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { Bytes, DocumentItem, DocumentName, findContent, itemOf, PDF } from '../../documents/http/documents.ts'
import { pdfName, pdfOf } from '../../documents/pdf.ts'
import { readDocuments } from '../../money/sales-documents.ts'
import { orderById } from '../../order/handle.ts'
import { OrderView, viewOf } from '../../order/http/order-view.ts'
import type { StoredOrder } from '../../order/state.ts'
import type { ByLink } from './by-link.ts'
import { dossier } from './dossier.ts'
import { LinkedOffer, offersTo } from './price-offers.ts'

const querystring = Type.Object(
  {
    link: Type.String({
      minLength: 1,
      maxLength: 1_000,
      description: 'The signed link of a mail: what stands behind `link=`.',
    }),
  },
  { additionalProperties: false },
)
const tags = ['linked order']
const LinkedDocuments = Type.Object({ items: Type.Array(Type.Object(DocumentItem)) }, { title: 'LinkedDocuments' })
/** The seller may be going to end the contract: what nobody has decided yet is not told. */
const { proposal: _, ...shown } = OrderView.properties
const LinkedOrder = Type.Object(shown, { title: 'LinkedOrder' })

/** The order of a signed link, and its documents. One address may ask so often in a minute, of all of it together. */
export function linkedOrder(server: Server, known: Deps) {
  const made = new Map<string, SignedLinks>()
  // The same for all who ask at once: what opens one part of an answer is read once.
  const links = () => {
    const { linkSecrets } = known.settings
    if (linkSecrets === undefined) return undefined
    return made.getOrInsertComputed(linkSecrets, (secrets) => createSignedLinks({ secrets, now: known.clock.now }))
  }
  const deps = { ...known, links }
  const onRequest = countAddressAt(server as never, () => deps.settings.linkRequestsPerMinute)
  const door = { onRequest, config: { access: 'public' as const } }
  server.get(
    '/linked-order',
    {
      ...door,
      schema: {
        operationId: 'readLinkedOrder',
        summary: 'Read the order of a link',
        description:
          'As `GET /orders/{id}`, for whoever has the link; `payment.url` is there while something is to be paid.',
        tags,
        querystring,
        response: { 200: LinkedOrder, ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => {
      const stored = await orderOf(deps, link)
      const { proposal: _, ...order } = viewOf(stored, await deps.findPaymentPage(deps, stored))
      return order
    },
  )
  server.get(
    '/linked-order/documents',
    {
      ...door,
      schema: {
        operationId: 'listLinkedDocuments',
        summary: 'List the invoices and credit notes of the order of a link',
        description: 'In the order in which they were issued.',
        tags,
        querystring,
        response: { 200: LinkedDocuments, ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => ({ items: (await readDocuments(deps.db, await orderOf(deps, link))).map(itemOf) }),
  )
  priceOffers(server, deps, door)
  server.get(
    '/linked-order/documents/:document/pdf',
    {
      ...door,
      schema: {
        operationId: 'readLinkedDocumentAsPdf',
        summary: 'Read an invoice or credit note of the order of a link as PDF',
        tags,
        params: Type.Object({ document: DocumentName }),
        querystring,
        response: { 200: Bytes(PDF, 'The document.'), ...problems(400, 404, 409) },
      },
    },
    async ({ params: { document }, query: { link } }, reply) => {
      const content = await findContent(deps, await orderOf(deps, link), document)
      reply.header('content-disposition', `inline; filename="${pdfName(content)}"`)
      return reply.type(PDF).send((await pdfOf(content)) as never)
    },
  )
  dossier(server, door, querystring)
}

/** Without `links` no link is good: the shop signs none. */
type Linked = Deps & { links: () => SignedLinks | undefined }

function priceOffers(server: Server, deps: Linked, door: ByLink) {
  server.get(
    '/linked-order/price-offers',
    {
      ...door,
      schema: {
        operationId: 'listLinkedPriceOffers',
        summary: 'The prices that were offered to the customer of the order of a link',
        description: 'The oldest first, as the mails about them have them.',
        tags,
        querystring,
        response: { 200: Type.Object({ items: Type.Array(LinkedOffer) }), ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => ({ items: await offersTo(deps, await orderOf(deps, link)) }),
  )
}

/**
 * The order of a link. Throws the same 404 problem for a link that is none, one of another purpose, one that has ended or was mailed to an
 * address that is the order's no more, and in a shop that signs none.
 */
async function orderOf({ db, ...deps }: Linked, link: string): Promise<StoredOrder> {
  const links = deps.links()
  if (links === undefined) throw linkUnknown()
  const { subject, content } = await links.read(link, ORDER_LINK)
  const stored = await orderById(db, subject)
  if (stored === undefined || !isForAddress(content, subject, stored.personal.email)) throw linkUnknown()
  return stored
}
