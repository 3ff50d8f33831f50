import t from 'tap'
import { en } from '../../shop/words/en.ts'
import { nb } from '../../shop/words/nb.ts'
import { ESCAPED, EVIL } from '../an-order.ts'
import { createVisitor, problem, startTestConsole, type Visitor } from '../console.ts'
import { aShop, BUTTON, LABEL_LINK, NOTICE, NUMBER, ORDER_ID, QUOTE_ID } from './answers.ts'

const { answers, placed, quoted, state } = aShop()
const settings = { SHOP_CLIENT_ID: 'shop', SHOP_CLIENT_SECRET: 'test-only' }
const house = await startTestConsole(t, answers, settings)
const visit = (language = 'nb') => createVisitor(house, { 'accept-language': language })
const KARI = {
  ...{ kind: 'consumer', name: 'Kari Eksempel', email: 'kari@example.com', street: 'Storgata 1' },
  ...{ postalCode: '0155', city: 'Oslo', country: 'NO' },
}
const ADD = '/shop/basket/goods'

async function choose(visitor: Visitor, changes: Record<string, string> = {}) {
  const fields = { ...visitor.fieldsOf((await visitor.ask('/shop')).text, ADD), ...changes }
  return { fields, answer: await visitor.send(ADD, fields) }
}
/** Chooses goods, says who buys, and stands before the button. */
async function standBefore(visitor: Visitor, typed: Record<string, string> = {}) {
  await choose(visitor)
  const form = visitor.fieldsOf((await visitor.ask('/shop/checkout')).text, '/shop/checkout')
  const answer = await visitor.send('/shop/checkout', { ...form, ...KARI, ...typed })
  const path = answer.headers.get('location')!
  return { path, page: await visitor.ask(path) }
}
const pressed = (visitor: Visitor, path: string, text: string) =>
  visitor.send(path, { ...visitor.fieldsOf(text, path), accepted: 'yes' })

t.test(
  'a lowered price stands beside the lowest of the 30 days before, and what is sold out cannot be chosen',
  async (t) => {
    const { text } = await visit().ask('/shop')
    t.match(text, /Satt ned 20 % fra .*249,00/)
    t.match(text, nb.soldOut)
    t.equal(text.split(`action="${ADD}"`).length - 1, 2)
    t.match(text, /5 års garanti fra Eksempel AS: alle feil/)
    t.match(text, 'href="/shop?after=GONE-3"')
  },
)

t.test(
  'prices are those of where the goods go: in euro, without VAT, for who has them sent to the euro area',
  async (t) => {
    const visitor = visit('en')
    const { text } = await visitor.ask('/shop')
    t.match(text, /NOK.199\.00<\/strong> <span class="quiet">incl\. VAT/)
    const country = { ...visitor.fieldsOf(text, '/shop/country'), country: 'DE' }
    t.equal((await visitor.send('/shop/country', country)).headers.get('location'), '/shop')
    const abroad = (await visitor.ask('/shop')).text
    t.match(abroad, /EUR.19\.90<\/strong> <span class="quiet">without VAT \(export\)/)
    t.match(abroad, /Lowered by 20 % from .*EUR.24\.90/, 'as the price itself is shown')
    t.notMatch(abroad, 'NOK')
    await choose(visitor, { sku: 'CABLE-2' })
    t.match((await visitor.ask('/shop/basket')).text, /EUR.19\.90/)
    house.asked.length = 0
    t.match((await visitor.ask('/shop/checkout')).text, /<option value="DE" selected>/)
    const form = visitor.fieldsOf((await visitor.ask('/shop/checkout')).text, '/shop/checkout')
    await visitor.send('/shop/checkout', { ...form, ...KARI, country: 'DE' })
    t.hasStrict(quoted.at(-1), { currency: 'EUR', country: 'DE' })
    for (const nowhere of ['US', 'x']) {
      await visitor.send('/shop/country', { ...country, country: nowhere })
      t.match(
        (await visitor.ask('/shop')).text,
        /<option value="DE" selected>/,
        'what is none of the countries changes nothing',
      )
    }
  },
)

t.test('all goods of a basket are asked for at once, and one that is gone keeps its number', async (t) => {
  const visitor = visit('en')
  for (const sku of ['SENSOR-1', 'CABLE-2']) await choose(visitor, { sku })
  const kept = house.answers['GET /products']
  house.answers['GET /products'] = { items: [] }
  house.asked.length = 0
  const { text } = await visitor.ask('/shop/basket')
  t.equal(house.asked.length, 1)
  t.match(text, /SENSOR-1.*–.*CABLE-2.*–/s)
  house.answers['GET /products'] = kept!
})

for (const [language, words] of [
  ['nb', nb],
  ['en', en],
] as const)
  t.test(`in ${language} all that must be told stands before the button, and nothing after it`, async (t) => {
    placed.clear()
    const visitor = visit(language)
    const { path, page } = await standBefore(visitor)
    t.equal(page.status, 200)
    const { text } = page
    const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'))
    const order = [
      ...[words.step2, words.goods, words.chooseDelivery, words.inAll, words.payment, words.withdrawal_granted],
      ...[words.return_customer, 'SmartGroup AS', '999 615 147', '+47 649 59 444', 'kari@example.com', words.readTerms],
      ...[words.accept, words.toPay, BUTTON[language]],
    ]
    const places = order.map((told) => main.indexOf(told))
    t.ok(
      places.every((place) => place >= 0),
      order.filter((_, i) => places[i]! < 0).join(),
    )
    t.strictSame(
      places,
      places.toSorted((a, b) => a - b),
      'in this order',
    )
    t.match(
      main,
      new RegExp(
        `<button class="ds-button" type="submit">${BUTTON[language]}</button></p>\\s*</form>\\s*</section>\\s*$`,
      ),
    )
    t.match(main, /1.?398[.,]00/)
    t.notMatch(main, 'class="notice"')
    t.notMatch(text, /undefined|\[object| style="/)

    const done = await pressed(visitor, path, text)
    t.equal(done.headers.get('location'), `/shop/orders/${NUMBER}/pay`)
    t.match([...placed.values()][0], { quoteId: QUOTE_ID, acceptedTermsSha256: 'a'.repeat(64), locale: language })
    const pay = await visitor.ask(`/shop/orders/${NUMBER}/pay`)
    t.match(pay.text, `href="http://127.0.0.1:9/payments/${ORDER_ID}"`)
    t.match((await visitor.ask('/shop/basket')).text, words.basketEmpty)
  })

t.test('what sending back costs of goods that the post does not take stands before the button', async (t) => {
  const { page } = await standBefore(visit('en'), { country: 'DE', postalCode: '10117' })
  const told =
    /cannot normally be returned by post\. If you withdraw, sending one back costs you at most [^<]*450/.exec(page.text)
  t.ok(told && told.index < page.text.indexOf(BUTTON.en))
})

t.test('goods that the post does not take are said to be so beside their price, and in the basket', async (t) => {
  for (const [language, words] of [
    ['nb', nb],
    ['en', en],
  ] as const) {
    const visitor = visit(language)
    const { text } = await visitor.ask('/shop')
    t.equal(text.split(words.bulky).length - 1, 1, 'of no other goods')
    t.match(text, language === 'nb' ? /koster høyst 450,00/ : /costs at most NOK.450\.00/)
    await choose(visitor, { sku: 'CABLE-2' })
    t.match((await visitor.ask('/shop/basket')).text, words.bulky)
    await visitor.send('/shop/country', { ...visitor.fieldsOf(text, '/shop/country'), country: 'DE' })
    const abroad = (await visitor.ask('/shop')).text
    t.match(abroad, words.bulky)
    t.notMatch(abroad, /koster høyst|costs at most/, 'what is not told in euro is not told in kroner')
  }
})

t.test('the label of a guarantee of durability is small beside its goods, and whole before the button', async (t) => {
  const visitor = visit('en')
  const { text } = await visitor.ask('/shop')
  t.match(text, en.durability)
  t.notMatch(text, /GARAN/, 'where no law wants it, words do')
  await visitor.send('/shop/country', { ...visitor.fieldsOf(text, '/shop/country'), country: 'DE' })
  const small = (await visitor.ask('/shop')).text.split('<summary><strong>GARAN</strong> 5 years</summary>')
  t.equal(small.length, 2, 'of these goods alone')
  for (const told of [
    'Brand: Eksempel. Model: K-2',
    `href="${LABEL_LINK}"`,
    '<svg ',
    'your rights by law for at least two',
  ])
    t.ok(small[1]!.slice(0, small[1]!.indexOf('</details>')).includes(told), told)
  const { page } = await standBefore(visit('nb'), { country: 'DE', postalCode: '10117' })
  const whole = page.text.indexOf('>GARAN</strong> <strong>5 år</strong>')
  t.ok(whole > 0 && whole < page.text.indexOf(BUTTON.nb))
  t.notMatch((await standBefore(visit('nb'))).page.text, /GARAN/)
})

t.test('the notice of the legal guarantee is shown where it applies', async (t) => {
  const { page } = await standBefore(visit('en'), { country: 'DE', postalCode: '10117' })
  const { title, parts } = NOTICE
  const notice = /<aside class="notice".*?<\/aside>/s.exec(page.text)![0]
  for (const { text, points = [], steps = [] } of parts as readonly {
    text: string
    points?: string[]
    steps?: string[]
  }[])
    for (const words of [title, text, ...points, ...steps]) t.ok(notice.includes(words), words)
  const code = 'aria-label="QR code for europa.eu/youreurope/guarantees"><svg '
  const link = 'href="https://europa.eu/youreurope/guarantees"'
  const order = ['Scan the QR code below', code, link, 'What to do'].map((each) => notice.indexOf(each))
  t.strictSame(
    order.toSorted((a, b) => a - b),
    order,
    'the code stands where the words say that it does',
  )
  t.ok(order.every((place) => place > 0))
  t.ok(page.text.indexOf(notice) < page.text.indexOf(BUTTON.en), 'before the button')
  const { page: norwegian } = await standBefore(visit('nb'), { country: 'DE', postalCode: '10117' })
  t.ok(norwegian.text.includes(nb.noticeLanguage) && norwegian.text.includes(`<div lang="en"><h3`))
  t.match(quoted.at(-1), { country: 'DE', currency: 'EUR', postalCode: '10117' })
})

t.test('pressed twice, at the same moment, and after the way back, it is one order', async (t) => {
  placed.clear()
  const visitor = visit()
  const { path, page } = await standBefore(visitor)
  const fields = { ...visitor.fieldsOf(page.text, path), accepted: 'yes' }
  const answers = await Promise.all([1, 2, 3].map(() => visitor.send(path, fields)))
  await visitor.send(path, fields)
  t.strictSame([...new Set(answers.map(({ headers }) => headers.get('location')))], [`/shop/orders/${NUMBER}/pay`])
  t.strictSame([...placed.keys()], [QUOTE_ID], 'one key')
  t.equal((await visitor.ask(path)).headers.get('location'), `/shop/orders/${NUMBER}/pay`)
})

t.test('a press while the first is being worked on waits for what comes of it', async (t) => {
  const visitor = visit()
  const { path, page } = await standBefore(visitor)
  const before = answers['POST /orders'] as (asked: unknown) => unknown
  let tries = 0
  answers['POST /orders'] = (asked: unknown) => {
    tries += 1
    return tries === 1 ? problem(409, 'Being worked on.', { type: '/problems/request-in-flight' }) : before(asked)
  }
  t.equal((await pressed(visitor, path, page.text)).status, 303)
  t.equal(tries, 2)
  answers['POST /orders'] = before
})

t.test('goods that are put in the basket twice by one form are there once', async (t) => {
  const visitor = visit()
  const { fields } = await choose(visitor, { quantity: '2' })
  await visitor.send(ADD, fields)
  t.match((await visitor.ask('/shop/basket')).text, 'value="2"')
  await choose(visitor)
  const { text } = await visitor.ask('/shop/basket')
  t.match(text, 'value="3"')
  const change = visitor.fieldsOf(text, '/shop/basket')
  await visitor.send('/shop/basket', { ...change, 'units-SENSOR-1': '0' })
  t.match((await visitor.ask('/shop/basket')).text, nb.basketEmpty)
  await choose(visitor, { quantity: '-4' })
  await choose(visitor, { quantity: 'many' })
  t.match((await visitor.ask('/shop/basket')).text, nb.basketEmpty)
})

t.test('who was offered a price gives the offer, and sees what goods cost without it', async (t) => {
  const priceOffer = '01a21b28-5d68-7ee0-97e6-be9cecd5e6aa'
  const visitor = visit('en')
  const { path, page } = await standBefore(visitor, { priceOffer })
  t.match(page.text, /As we offered you\. Without the offer: NOK.1,399\.00 each/)
  t.equal(quoted.at(-1)!.priceOffer, priceOffer)
  const other = visitor.fieldsOf(page.text, `${path}/delivery`)
  await visitor.send(`${path}/delivery`, { ...other, option: 'express' })
  t.strictSame([quoted.at(-1)!.priceOffer, quoted.at(-1)!.deliveryOption], [priceOffer, 'express'])
  await standBefore(visitor)
  t.equal(quoted.at(-1)!.priceOffer, undefined, 'nobody has to')
})

t.test('what is missing or refused is said, what was written stays, and nothing is ordered', async (t) => {
  placed.clear()
  const visitor = visit()
  await choose(visitor)
  const form = visitor.fieldsOf((await visitor.ask('/shop/checkout')).text, '/shop/checkout')
  const missing = await visitor.send('/shop/checkout', { ...form, ...KARI, name: EVIL, city: ' ' })
  t.equal(missing.status, 400)
  t.match(missing.text, `Noe mangler: ${nb.city}.`)
  t.ok(missing.text.includes(ESCAPED) && !missing.text.includes(EVIL))
  const refused = await visitor.send('/shop/checkout', { ...form, ...KARI, country: 'US' })
  t.equal(refused.status, 409)
  t.match(refused.text, 'Nobody could be paid from there.')
  const { path, page } = await standBefore(visitor)
  const { accepted: _, ...without } = visitor.fieldsOf(page.text, path)
  const unread = await visitor.send(path, without)
  t.equal(unread.status, 400)
  t.match(unread.text, nb.notAccepted)
  const before = answers['POST /orders']
  answers['POST /orders'] = problem(409, 'The quote is no longer good.')
  const old = await pressed(visitor, path, page.text)
  t.equal(old.status, 409)
  t.match(old.text, 'The quote is no longer good.')
  answers['POST /orders'] = before
  t.equal(placed.size, 0)
})

t.test('another delivery is another quote, and the goods stay', async (t) => {
  const visitor = visit()
  const { path, page } = await standBefore(visitor)
  const form = visitor.fieldsOf(page.text, `${path}/delivery`)
  await visitor.send(`${path}/delivery`, { ...form, option: 'express' })
  t.match(quoted.at(-1), { deliveryOption: 'express', lines: [{ sku: 'SENSOR-1', quantity: 1 }] })
  t.match((await visitor.ask(path)).text, /1.?498,00/)
})

t.test('who comes back from paying hears where it stands, and nobody else does', async (t) => {
  const visitor = visit()
  const { path, page } = await standBefore(visitor)
  await pressed(visitor, path, page.text)
  t.match((await visitor.ask(`/shop/orders/${NUMBER}/paid`)).text, nb.checking)
  t.match((await visitor.ask(`/shop/orders/${NUMBER}/unpaid`)).text, nb.unpaidText)
  state.status = 'formed'
  t.match((await visitor.ask(`/shop/orders/${NUMBER}/paid`)).text, nb.title_formed)
  state.status = 'awaiting-payment'
  const stranger = await visit().ask(`/shop/orders/${NUMBER}/paid`)
  t.match(stranger.text, nb.elsewhereText)
  t.notMatch(stranger.text, /kari@example.com|Sensor/)
  const elsewhere = await visit().ask(path)
  t.equal(elsewhere.status, 404)
  t.match(elsewhere.text, nb.lost)
})

t.test(
  'the shop asks as a program of its own, the terms are there to read, and a form without its token does nothing',
  async (t) => {
    const visitor = visit()
    await standBefore(visitor)
    const asked = house.asked.findLast(({ url }) => url === '/quotes')!
    const claims = JSON.parse(Buffer.from(asked.authorization.split('.')[1]!, 'base64url').toString())
    t.match(claims, { sub: 'storefront', aud: 'vilkar', scope: /service .*orders:place/ })
    t.equal(house.asked.findLast(({ url }) => url.startsWith('/products'))!.authorization, '')
    t.match((await visitor.ask('/shop/terms/smartgroup/2026-01-15')).text, 'Du kan angre.')
    t.equal((await visitor.send(ADD, { sku: 'SENSOR-1' })).status, 403)
  },
)

t.test('without what the issuer knows it as there is no shop', async (t) => {
  const without = await startTestConsole(t, answers)
  const { status, text } = await createVisitor(without).ask('/shop')
  t.equal(status, 404)
  t.notMatch(text, 'href="/shop"')
})
