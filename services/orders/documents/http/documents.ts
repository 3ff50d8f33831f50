import { keptOfErased } from '@vilkar/personal-data/erased-orders.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readDocuments, type SalesDocument } from '../../money/sales-documents.ts'
import { findOrder, OrderParams } from '../../order/http/read-orders.ts'
import type { StoredOrder } from '../../order/state.ts'
import { contentOf, nameOf } from '../content.ts'
import { documentPath, pdfName, pdfOf } from '../pdf.ts'
import { peppolAddress } from '../peppol-address.ts'

const Amount = Type.Integer({ minimum: 0, description: 'In the smallest unit of the currency.' })
const DocumentId = {
  pattern: '^(invoice|credit-note)-[1-9][0-9]{0,14}$',
  errorMessage: 'must be the id of a sales document, such as invoice-17',
}
export const DocumentName = Type.String({ ...DocumentId, examples: ['invoice-17'] })
const DocumentParams = Type.Object({ ...OrderParams.properties, document: DocumentName })

/** A sales document of an order, as it is listed. Money in minor units of `currency`. */
export const DocumentItem = {
  id: Type.String({ examples: ['invoice-17'] }),
  series: Type.Enum(['invoice', 'credit-note']),
  number: Type.Integer({ description: 'Without a gap within its series.' }),
  issuedAt: Type.String({ format: 'date-time' }),
  amount: Amount,
  currency: Type.String(),
  vat: Type.Array(Type.Object({ rate: Type.Integer(), gross: Amount, vat: Amount })),
  invoices: Type.Array(Type.Integer(), { description: 'Of a credit note: the invoices that it takes back.' }),
  dueOn: Type.Optional(
    Type.String({ format: 'date', description: 'Of an invoice of what is claimed: by when it is to be paid.' }),
  ),
}
const DocumentsView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...DocumentItem,
        links: Type.Object({
          pdf: Type.String(),
          xml: Type.Optional(
            Type.String({ description: 'EHF: for a business whose number says where it receives invoices.' }),
          ),
        }),
      }),
    ),
  },
  { title: 'Documents' },
)

export const PDF = 'application/pdf'
const XML = 'application/xml'
export const Bytes = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
})

/** The sales documents of an order, for whom it belongs to and for staff: a list, and each as PDF and, for businesses, as EHF. */
export function documents(server: Server, deps: Deps) {
  const { db } = deps
  server.get(
    '/orders/:id/documents',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'listDocuments',
        summary: 'List the invoices and credit notes of an order',
        description: 'In the order in which they were issued. `links` lead to each as a file.',
        tags: ['orders'],
        params: OrderParams,
        response: { 200: DocumentsView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params, caller }) => {
      const order = await findOrder(deps, caller, params.id)
      return { items: (await readDocuments(db, order)).map((document) => viewOf(order.id, document)) }
    },
  )

  server.get(
    '/orders/:id/documents/:document/pdf',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'readDocumentAsPdf',
        summary: 'Read an invoice or credit note as PDF',
        tags: ['orders'],
        params: DocumentParams,
        response: { 200: Bytes(PDF, 'The document.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params, caller }, reply) => {
      const content = await findOwnContent(deps, caller, params)
      reply.header('content-disposition', `inline; filename="${pdfName(content)}"`)
      return reply.type(PDF).send((await pdfOf(content)) as never)
    },
  )

  server.get(
    '/orders/:id/documents/:document/xml',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'readDocumentAsEhf',
        summary: 'Read an invoice or credit note as EHF',
        description:
          'Peppol BIS Billing 3.0 (UBL 2.1), to be sent through an access point. Only for a business whose organisation number says where it receives invoices.',
        tags: ['orders'],
        params: DocumentParams,
        response: { 200: Bytes(XML, 'The document.'), ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params, caller }, reply) => {
      const content = await findOwnContent(deps, caller, params)
      if (peppolAddress(content.buyer) === undefined) {
        const detail = 'The buyer is no business with a number that electronic invoices are sent to. Take the PDF.'
        throw httpError(409, 'document-not-electronic', detail)
      }
      const { ublOf } = await import('../ubl.ts')
      return reply.type(XML).send(ublOf(content) as never)
    },
  )
}

/**
 * What a document says, to whom its order belongs and to staff. Of an order whose personal data were erased it is kept for the accounts, and
 * for nothing else (GDPR Art. 18).
 */
async function findOwnContent(deps: Deps, caller: Caller, { id, document }: { id: string; document: string }) {
  const order = await findOrder(deps, caller, id)
  const kept = await keptOfErased(deps.db, id)
  if (kept?.includes('accounts') && !caller.scopes.has('accounts:read')) {
    const detail = 'Who bought is kept for the accounts only: this needs a token with the scope "accounts:read".'
    throw httpError(403, 'document-restricted', detail)
  }
  return findContent(deps, order, document)
}

/** What a document of an order says. Throws 404, and 409 while it waits for what it has to say. */
export async function findContent({ db }: Pick<Deps, 'db'>, order: StoredOrder, name: string) {
  const all = await readDocuments(db, order)
  const document = all.find((each) => nameOf(each) === name)
  if (document === undefined) throw httpError(404, 'document-unknown', 'The order has no such document.')
  const content = contentOf(order, document, all)
  if (content.inNok !== 'missing') return content
  const detail = 'The document states its VAT in kroner, and nobody has given the exchange rate of its day yet.'
  throw httpError(409, 'exchange-rate-missing', detail)
}

function viewOf(orderId: string, document: SalesDocument) {
  const pdf = documentPath(orderId, document, 'pdf')
  const xml = peppolAddress(document.buyer) === undefined ? {} : { xml: documentPath(orderId, document, 'xml') }
  return { ...itemOf(document), links: { pdf, ...xml } }
}

/** What is listed of a document. */
export function itemOf(document: SalesDocument) {
  const { series, number, issuedAt, amount, currency, vat, invoices, payable } = document
  const facts = { series, number, issuedAt, amount, currency, vat, invoices, ...(payable && { dueOn: payable.dueOn }) }
  return { id: nameOf(document), ...facts }
}
