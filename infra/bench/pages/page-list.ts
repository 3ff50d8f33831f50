import { shop } from '@vilkar/local/catalogue.ts'
import type { Call } from '@vilkar/local/shopper.ts'
import { createSignedLinks, orderLink } from '@vilkar/server/signed-links.ts'
import { editionAt } from '@vilkar/terms/editions/registry.ts'
import type { Matter } from './matters.ts'
import type { Kind, Model, Urls } from './models.ts'
import type { Visitor } from './visitor.ts'

/** A page as it is asked for: by whom, and where. */
export type Page = { name: string; path: string; visitor: Visitor }
type Told = { call: Call; urls: Urls; models: Model[]; matters: Matter[]; linkSecret: string }
type Visitors = { support: Visitor; manager: Visitor; warehouse: Visitor; nobody: Visitor }

/** Every kind of page of the console, each of something that is there. */
export async function listPages(told: Told, visitors: Visitors): Promise<Page[]> {
  const of = (visitor: Visitor, pages: Record<string, string>): Page[] =>
    Object.entries(pages).map(([name, path]) => ({ name, path, visitor }))
  return [
    ...of(visitors.support, { ...(await deskPages(told)), ...studioPages(), ...(await privacyPages(told)) }),
    ...of(visitors.manager, looks(modelOf(told, 'paidBack'))),
    ...of(visitors.warehouse, await warehousePages(told)),
    ...of(visitors.nobody, { ...(await customerPages(told, visitors.nobody)), ...(await shopPages(visitors.nobody)) }),
  ]
}

const modelOf = ({ models }: Pick<Told, 'models'>, wanted: Kind) => models.find(({ kind }) => kind === wanted)!
const matterOf = ({ matters }: Told, wanted: string) => matters.find(({ about }) => about === wanted)!.id
const searched = (text: string) => `/desk?q=${encodeURIComponent(text)}`

async function caseOf({ call, urls }: Told, { number }: Model): Promise<string> {
  const { body } = await call('support', 'GET', `${urls.returns}/returns?q=${number}`)
  return body.items[0].id
}

async function deskPages(told: Told): Promise<Record<string, string>> {
  const { call, urls } = told
  const [paidBack, withdrawn, complained] = [
    modelOf(told, 'paidBack'),
    modelOf(told, 'withdrawn'),
    modelOf(told, 'complained'),
  ]
  const large = modelOf(told, 'large')
  const { body: mails } = await call('support', 'GET', `${urls.orders}/orders/${paidBack.id}/mails`)
  const order = `/desk/orders/${paidBack.id}`
  const day = Temporal.Now.plainDateISO().add({ days: 20 })
  const [ofComplaint, ofReturn] = [await caseOf(told, complained), await caseOf(told, withdrawn)]
  return {
    'desk, the newest orders': '/desk',
    'search by number': searched(paidBack.number),
    'search by address': searched('kunde-20@example.com'),
    'search by address, of 100 orders': searched('storkunde@example.com'),
    'search by name': searched('Dag Berg 0'),
    'search by tracking number': searched('SPOR-150'),
    'search by tracking number, back': searched('RETUR-10'),
    'search by order id': searched(paidBack.id),
    'search by case id': searched(ofReturn),
    'search, nothing found': searched('nobody-at-all'),
    'order, with timeline and rights': order,
    'order, on another day': `${order}?at=${day}`,
    'order of 100 lines': `/desk/orders/${large.id}`,
    'order of 100 lines, in sentences': `/desk/orders/${large.id}/words`,
    'order, do withdrawal': `/desk/orders/${complained.id}/do/withdrawal`,
    'order of 100 lines, do complaint': `/desk/orders/${large.id}/do/complaint`,
    'order, do goodwill': `/desk/orders/${complained.id}/do/goodwill`,
    'mail as sent': `${order}/mails/orders/${mails.items[0].id}`,
    'work lists': '/desk/work',
    'work lists, mine': '/desk/work?mine=yes',
    'work list, alarms': '/desk/work/lists/alarms',
    'work list, failed events': '/desk/work/lists/dead',
    figures: '/desk/figures',
    'open withdrawals': '/desk/cases?kind=withdrawal',
    'open complaints': '/desk/cases?kind=complaint',
    'refunds to pay': '/desk/cases?refund=unpaid',
    'case of a complaint': `/desk/cases/${ofComplaint}`,
    'case of a withdrawal': `/desk/cases/${ofReturn}`,
    'case, do assessment': `/desk/cases/${ofComplaint}/do/assessment`,
    'case, do inspection': `/desk/cases/${ofReturn}/do/inspection`,
    'case, do collection': `/desk/cases/${ofReturn}/do/collection`,
    'case of 100 lines, do inspection': `/desk/cases/${await caseOf(told, large)}/do/inspection`,
    sidebar: '/desk/sidebar?email=kunde-20@example.com',
    'sidebar, of many orders': '/desk/sidebar?email=storkunde@example.com',
  }
}

const looks = ({ number }: Model): Record<string, string> => ({
  looks: '/desk/looks',
  'looks of somebody': '/desk/looks?subject=staff-7',
  'looks at an order': `/desk/looks?order=${number}`,
})

const edition = () => editionAt(Temporal.Now.instant(), shop()).id

const studioPages = (): Record<string, string> => ({
  studio: '/studio',
  'studio, an edition': `/studio/${edition()}`,
})

async function privacyPages(told: Told): Promise<Record<string, string>> {
  const { body } = await told.call('support', 'GET', `${told.urls.privacy}/policies`)
  const [first] = body.items as { controller: string; id?: string; edition?: string }[]
  const request = `/privacy/requests/${matterOf(told, 'request')}`
  const breach = `/privacy/breaches/${matterOf(told, 'breach')}`
  return {
    'privacy, open requests': '/privacy',
    'privacy, all requests': '/privacy?all=yes',
    'privacy, a request': request,
    'privacy, do refused': `${request}/do/refused`,
    'privacy, retention': '/privacy/retention',
    'privacy, holds': '/privacy/holds',
    'privacy, erasures': '/privacy/erasures',
    'privacy, registers': '/privacy/registers',
    'privacy, breaches': '/privacy/breaches',
    'privacy, a breach': breach,
    'privacy, policies': '/privacy/policies',
    'privacy, a policy': `/privacy/policies/${first!.edition ?? first!.id}`,
  }
}

async function warehousePages(told: Told): Promise<Record<string, string>> {
  const { call, urls } = told
  const { body } = await call('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${modelOf(told, 'waiting').id}`)
  const shipment = `/warehouse/shipments/${body.items[0].id}`
  return {
    'warehouse, to be sent': '/warehouse',
    'warehouse, on its way': '/warehouse?status=dispatched',
    'warehouse, delivered': '/warehouse?status=delivered',
    'warehouse, a shipment': shipment,
    'warehouse, packing': `${shipment}/packing`,
    'warehouse, what came in': '/warehouse/inbound',
    'warehouse, a parcel': `/warehouse/inbound/${matterOf(told, 'parcel')}`,
  }
}

async function customerPages(told: Told, visitor: Visitor): Promise<Record<string, string>> {
  const links = createSignedLinks({ secrets: told.linkSecret, now: () => Temporal.Now.instant() })
  const linkTo = async ({ id, email }: Model) => new URLSearchParams({ link: await links.sign(orderLink(id, email)) })
  const { call, urls } = told
  const [delivered, withdrawn, large] = [modelOf(told, 'delivered'), modelOf(told, 'withdrawn'), modelOf(told, 'large')]
  const [link, ofWithdrawn, ofLarge] = [await linkTo(delivered), await linkTo(withdrawn), await linkTo(large)]
  const data = `/customer/order/data?${link}`
  await visitor.send(data, '/customer/order/data/address', { email: delivered.email })
  const { body: returns } = await call('support', 'GET', `${urls.returns}/orders/${withdrawn.id}/returns`)
  return {
    'customer, withdraw without a link': '/customer/withdraw',
    'customer, order': `/customer/order?${link}`,
    'customer, order of 100 lines': `/customer/order?${ofLarge}`,
    'customer, terms': `/customer/order/terms?${link}`,
    'customer, calendar': `/customer/order/calendar?${link}`,
    'customer, withdraw': `/customer/order/withdraw?${link}`,
    'customer, send back': `/customer/order/send-back?${link}`,
    'customer, complain': `/customer/order/complain?${link}`,
    'customer, exchange': `/customer/order/exchange?${ofWithdrawn}`,
    'customer, a case': `/customer/order/cases/${returns.items[0].id}?${ofWithdrawn}`,
    'customer, data': data,
    'customer, ask for data': `/customer/order/data/ask/access?${link}`,
  }
}

async function shopPages(visitor: Visitor): Promise<Record<string, string>> {
  await visitor.send('/shop', '/shop/basket/goods', { quantity: '1' })
  const typed = { kind: 'consumer', name: 'Noen', email: 'noen@example.com', street: 'Storgata 1' }
  const where = { postalCode: '0155', city: 'Oslo', country: 'NO', organisationNumber: '', priceOffer: '' }
  const offer = await visitor.send('/shop/checkout', '/shop/checkout', { ...typed, ...where })
  return {
    shop: '/shop',
    'shop, basket': '/shop/basket',
    'shop, checkout': '/shop/checkout',
    'shop, offer': offer,
    'shop, terms': `/shop/terms/${edition()}`,
  }
}
