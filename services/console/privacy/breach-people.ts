import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { facts, section, table } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { wayTo } from './frame.ts'
import type { Breach } from './http/breaches.ts'
import { registerWords } from './words.ts'

const LANGUAGES = ['nb', 'en'] as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whom a breach hit: those who are written to by their orders, and those whom a system of others tells. */
export async function readHit({ clients: { privacy } }: View, id: string) {
  const params = { path: { id } }
  const [notices, people] = await Promise.all([
    answered(privacy.GET('/breaches/{id}/notices', { params })),
    answered(privacy.GET('/breaches/{id}/people', { params })),
  ])
  return { notices, people }
}
type Hit = Awaited<ReturnType<typeof readHit>>

/** By whom people are told: the shop, by their orders, or a system of others. */
const WAYS = ['orders', 'system'] as const
type Way = (typeof WAYS)[number]
export const isWay = (name: string): name is Way => (WAYS as readonly string[]).includes(name)

/** Who was hit and how far telling them is, with the ways to tell more of them while it is open and of high risk. */
export function hitSection(view: View, { id, risk, closedAt }: Breach, { notices, people }: Hit): Html {
  const say = registerWords(view.language)
  const open = risk === 'high' && closedAt === undefined
  const { orders, waiting, written, noAddress } = notices
  const rest = waiting + written + noAddress - orders.length
  return section(
    'hit',
    say('hit'),
    html`<p class="quiet">${say('hitHelp')}</p>
${open && html`<ul class="ways">${WAYS.map((way) => html`<li>${wayTo(view, `/privacy/breaches/${id}/hit/${way}`, say(`hit_${way}`))}</li>`)}</ul>`}
${facts([
  [say('hitWaiting'), waiting],
  [say('hitWritten'), written],
  [say('hitNoAddress'), noAddress],
  [say('hitToTell'), people.toTell],
  [say('hitTold'), people.told],
])}
${
  orders.length > 0 &&
  table(
    say('hit_orders'),
    [say('hitOrder'), say('state')],
    orders.map(({ orderId, status }) => [
      html`<a class="ds-link" href="/desk/orders/${orderId}">${orderId}</a>`,
      say(`hit_${status}`),
    ]),
  )
}
${rest > 0 && html`<p class="quiet">${say('hitMore', { count: rest })}</p>`}
${
  people.systems.length > 0 &&
  table(
    say('hit_system'),
    [say('hitSystem'), say('hitToTell'), say('hitTold')],
    people.systems.map(({ system, toTell, told }) => [system, toTell, told]),
  )
}`,
  )
}

/** What is written in a field, one thing a line, or with commas or blanks between. */
const namedIn = (sent: SentForm, name: string) => (sent.text(name) ?? '').split(/[\s,;]+/).filter((each) => each !== '')

/** Naming people whom a breach hit, who are then told. */
export function tellHit(view: View, breach: Breach, way: Way): Deed {
  const say = registerWords(view.language)
  const page = `/privacy/breaches/${breach.id}`
  const what = {
    title: say(`hit_${way}`),
    lead: say(`hitLead_${way}`),
    after: () => `${page}#hit`,
    back: page,
  }
  return way === 'orders' ? { ...what, ...byOrders(view, breach) } : { ...what, ...bySystem(view, breach) }
}
type Doing = Pick<Deed, 'fields' | 'consequences' | 'act'>

function byOrders(view: View, { id, nature }: Breach): Doing {
  const say = registerWords(view.language)
  const languageIn = (sent: SentForm) => oneOf(LANGUAGES, sent.text('language')) ?? 'nb'
  return {
    fields: (
      typed,
    ) => html`${textarea({ name: 'orders', label: say('hitOrders'), help: say('hitOrdersHelp'), value: typed.text('orders'), required: true })}
${select(
  { name: 'language', label: say('hitLanguage'), help: say('hitLanguageHelp'), value: typed.text('language') },
  LANGUAGES.map((language) => [language, say(`hit_${language}`)]),
)}`,
    consequences: (sent) =>
      html`<p>${say('hitFollow_orders', { count: namedIn(sent, 'orders').length })}</p>${facts([
        [say('hitOrders'), namedIn(sent, 'orders').join(', ')],
        [say('hitLanguage'), say(`hit_${languageIn(sent)}`)],
        [say('nature'), nature],
      ])}<p class="quiet">${say('law_people')}</p>`,
    act: async (sent) => {
      const orderIds = await Promise.all(namedIn(sent, 'orders').map((named) => idOf(view, named)))
      const body = { orderIds, language: languageIn(sent) }
      return answered(view.clients.privacy.PUT('/breaches/{id}/notices', { params: { path: { id } }, body }))
    },
  }
}

/** The id of an order that is named by its id or its number; what names none is for the service to refuse. */
async function idOf({ clients: { orders } }: View, named: string) {
  if (UUID.test(named)) return named.toLowerCase()
  const { items } = await answered(orders.GET('/orders', { params: { query: { number: named.toUpperCase() } } }))
  return items[0]?.id ?? named
}

function bySystem(view: View, { id, nature }: Breach): Doing {
  const say = registerWords(view.language)
  return {
    fields: (
      typed,
    ) => html`${input({ name: 'system', label: say('hitSystem'), help: say('hitSystemHelp'), value: typed.text('system'), required: true })}
${textarea({ name: 'records', label: say('hitRecords'), help: say('hitRecordsHelp'), value: typed.text('records') })}`,
    consequences: (sent) => {
      const records = namedIn(sent, 'records')
      const system = sent.text('system') ?? ''
      const follows =
        records.length === 0
          ? say('hitFollow_all', { system })
          : say('hitFollow_system', { system, count: records.length })
      return html`<p>${follows}</p>${facts([
        [say('hitSystem'), system],
        [say('hitRecords'), records.join(', ')],
        [say('nature'), nature],
      ])}<p class="quiet">${say('law_people')}</p>`
    },
    act: (sent) => {
      const records = namedIn(sent, 'records')
      const body = { system: sent.text('system') ?? '', ...(records.length > 0 && { records }) }
      return answered(view.clients.privacy.PUT('/breaches/{id}/people', { params: { path: { id } }, body }))
    },
  }
}
