import { Id } from '@vilkar/contracts/event.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { answerOf } from '../../cases/answer.ts'
import { CaseItem, itemOf } from '../../cases/http/case-item.ts'
import { type ListedCase, readCase } from '../../cases/list.ts'
import { casesOf } from '../../cases/store.ts'
import { ComplaintView, viewOf as viewOfComplaint } from '../../complaint/http/complaint-view.ts'
import { readComplaint } from '../../complaint/store.ts'
import type { Deps } from '../../deps.ts'
import { ExchangeView, viewOf as viewOfExchange } from '../../exchange/http/exchange-view.ts'
import { readExchange } from '../../exchange/store.ts'
import { LabelView, viewOf as viewOfLabel } from '../../goods-back/http/label.ts'
import { readLabel } from '../../goods-back/label-store.ts'
import {
  VoluntaryReturnView,
  viewOf as viewOfVoluntaryReturn,
} from '../../voluntary-return/http/voluntary-return-view.ts'
import { readVoluntaryReturn } from '../../voluntary-return/store.ts'
import { ReturnView, viewOf as viewOfReturn } from '../../withdrawal/http/return-view.ts'
import { readReturn } from '../../withdrawal/store.ts'
import { caseOf, isShown, LinkQuery, orderOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

/** What a customer sees of a case: not who works on it, nor by which words the staff finds it. */
const { assignee: _, lateInterest: __, tags: ___, orderTags: ____, ...shown } = CaseItem
const Item = Type.Object(
  {
    ...shown,
    answer: Type.Optional(
      Type.Object(
        { nb: Type.String(), en: Type.String() },
        { description: 'The last ruling as a sentence with what it rests on.' },
      ),
    ),
  },
  { title: 'LinkedCaseItem' },
)
const CaseView = Type.Object(
  {
    ...Item.properties,
    label: Type.Optional(LabelView),
    withdrawal: Type.Optional(ReturnView),
    voluntaryReturn: Type.Optional(VoluntaryReturnView),
    complaint: Type.Optional(ComplaintView),
    exchange: Type.Optional(ExchangeView),
  },
  { title: 'LinkedCase', description: 'A case, and what it is about under the name of its kind.' },
)

/** How the cases of the order of a link stand. */
export function cases(server: Server, deps: Deps, door: ByLink) {
  const { db } = deps
  server.get(
    '/linked-order/cases',
    {
      ...door,
      schema: {
        operationId: 'listLinkedCases',
        summary: 'The cases of the order of a link',
        description: 'Withdrawals, voluntary returns, complaints, losses and exchanges, by when they were opened.',
        tags,
        querystring: LinkQuery,
        response: { 200: Type.Object({ items: Type.Array(Item) }), ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => {
      const { orderId } = (await orderOf(deps, link)).facts
      const found = await Promise.all((await casesOf(db, orderId)).map((id) => readCase(db, id)))
      const items = found.filter((each) => each !== undefined).filter(isShown)
      return { items: await Promise.all(items.map((each) => shownOf(deps, each))) }
    },
  )
  server.get(
    '/linked-order/cases/:id',
    {
      ...door,
      schema: {
        operationId: 'readLinkedCase',
        summary: 'A case of the order of a link',
        tags,
        params: Type.Object({ id: Id }),
        querystring: LinkQuery,
        response: { 200: CaseView, ...problems(400, 404) },
      },
    },
    async ({ params: { id }, query: { link } }) => {
      const { found } = await caseOf(deps, link, id)
      const label = await readLabel(db, id)
      return {
        ...(await shownOf(deps, found)),
        ...(label && { label: await viewOfLabel(deps, label) }),
        ...(await aboutOf(deps, found)),
      }
    },
  )
}

async function shownOf({ db, clock }: Deps, found: ListedCase): Promise<Static<typeof Item>> {
  const { assignee: _, lateInterest: __, tags: ___, orderTags: ____, ...item } = itemOf(found, clock.now())
  return { ...item, answer: answerOf(await readHistory(db, found.id)) }
}

async function aboutOf({ db }: Deps, { kind, id }: ListedCase): Promise<Partial<Static<typeof CaseView>>> {
  const [withdrawal, voluntaryReturn, complaint, exchange] = [
    kind === 'withdrawal' ? await readReturn(db, id) : undefined,
    kind === 'voluntary-return' ? await readVoluntaryReturn(db, id) : undefined,
    kind === 'complaint' ? await readComplaint(db, id) : undefined,
    kind === 'exchange' ? await readExchange(db, id) : undefined,
  ]
  return {
    ...(withdrawal && { withdrawal: viewOfReturn(withdrawal) }),
    ...(voluntaryReturn && { voluntaryReturn: viewOfVoluntaryReturn(voluntaryReturn) }),
    ...(complaint && { complaint: viewOfComplaint(complaint) }),
    ...(exchange && { exchange: viewOfExchange(exchange) }),
  }
}
