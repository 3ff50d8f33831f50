import { freePort } from '@vilkar/testing/ports.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { en } from '../../customer/words/en.ts'
import { nb } from '../../customer/words/nb.ts'
import { EVIL } from '../an-order.ts'
import { accessibilityFaults, NARROW, openPage, reachesByKeyboard, scrollsSideways, startBrowser } from '../browser.ts'
import { startTestConsole } from '../console.ts'
import { LABELS } from './answers.ts'
import { anOrderByLink, CASE_ID, LINK, PAY_URL, parcelsByLink, withdrawalIsOver } from './by-link.ts'

/** The pages of an order as its customer has them: a phone, no JavaScript, no mouse, both languages. */
const by = (path = '', more = '') => `/customer/order${path}?link=${LINK}${more}`
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const LONG = 'Fuktsensor med overvannsvarsling, ekstra lang ledning og monteringsbeslag i rustfritt stål (sett)'

type Opened = { page: Page; context: BrowserContext; complaints: string[] }
const phone = (locale: string) => ({ javaScriptEnabled: false, viewport: NARROW, locale })
const openPhone = (browser: Browser, url: string, locale: string): Promise<Opened> =>
  openPage(browser, url, phone(locale))

/** Keeps a picture of a page where somebody wants to look at them. */
async function keep(page: Page, name: string) {
  const { SCREENSHOTS } = process.env
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })
}

async function looksRight(t: Test, page: Page, name: string) {
  t.strictSame(await accessibilityFaults(page), [], name)
  t.notOk(await scrollsSideways(page), name)
  await keep(page, name)
}

const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const { order } = anOrderByLink()
  const lines = order.lines.map((line, n) => ({ ...line, name: n === 0 ? LONG : EVIL }))
  const payment = { ...order.payment, url: PAY_URL }
  const { answers, cases, photos } = anOrderByLink({ lines, payment } as never)
  answers[`GET /linked-order/cases/${CASE_ID}/photos/${'0'.repeat(64)}`] = () => PICTURE
  const house = await startTestConsole(t, answers, { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` })
  const posted = () => house.asked.filter(({ method }) => method !== 'GET').length
  const nothingAsked = () => {
    for (const each of [cases, photos, house.asked]) each.splice(0)
  }

  t.test(
    'an order of a hundred lines is a few screens, and every line is reached without JavaScript or a mouse',
    async (t) => {
      const names = Array.from({ length: 100 }, (_, n) => `Vare nummer ${n + 1}`)
      const many = names.map((name, n) => ({ ...order.lines[0]!, lineId: String(n + 1), name }))
      const known = anOrderByLink({ lines: many })
      const door = 'GET /linked-order/eligibility'
      const before = known.answers[door] as (asked: object) => { lines: object[] }
      const kept = { ...answers }
      Object.assign(
        answers,
        known.answers,
        parcelsByLink({ lines: many.map(({ lineId }) => ({ lineId, quantity: 1 })) }),
        {
          [door]: (asked: object) => {
            const answer = before(asked)
            return { ...answer, lines: names.map((_, n) => ({ ...answer.lines[0], lineId: String(n + 1) })) }
          },
        },
      )
      const { page, context, complaints } = await openPhone(browser, house.url, 'nb-NO')
      await page.goto(by())
      const height = await page.evaluate('document.documentElement.scrollHeight')
      t.ok(Number(height) < 5_000, `${height} pixels`)
      await looksRight(t as Test, page, 'customer-many-lines-nb-NO')
      const last = page.getByText(names.at(-1)!)
      t.strictSame(
        await last.evaluateAll((all) =>
          all.map((each) => (each as unknown as { checkVisibility(): boolean }).checkVisibility()),
        ),
        [...[false, false, false]],
      )
      // Goods, the parcel and what is open, each as a list that the keyboard opens.
      for (const summary of await page.locator('summary', { hasText: /100 varelinjene|og 97 til/ }).all()) {
        await summary.focus()
        await page.keyboard.press('Enter')
      }
      for (const each of await last.all()) t.ok(await each.isVisible())
      t.strictSame(complaints, [])
      await context.close()
      Object.assign(answers, kept)
    },
  )

  for (const [locale, labels, words, colorScheme] of [
    ['nb-NO', LABELS.nb, nb, 'light'],
    ['en-GB', LABELS.en, en, 'dark'],
  ] as const) {
    t.test(`without JavaScript and on a phone somebody withdraws from a unit (${locale})`, async (t) => {
      nothingAsked()
      const { page, context, complaints } = await openPhone(browser, house.url, locale)
      await page.goto(by())
      await looksRight(t as Test, page, `order-${locale}`)
      await page.getByRole('link', { name: labels.withdraw }).click()
      await page.getByLabel(LONG).fill('1')
      await page.getByLabel(EVIL).fill('0')
      await looksRight(t as Test, page, `withdraw-${locale}`)
      await page.getByRole('button', { name: words.next }).click()
      await looksRight(t as Test, page, `check-${locale}`)
      await page.getByRole('link', { name: words.change }).click()
      t.equal(await page.getByLabel(LONG).inputValue(), '1', 'what was chosen is there on the way back')
      await page.getByRole('button', { name: words.next }).click()
      await page.getByRole('button', { name: labels.confirm, exact: true }).click()
      await page.getByRole('heading', { name: words.received }).waitFor()
      await looksRight(t as Test, page, `receipt-${locale}`)
      const receipt = page.url()
      await page.goBack()
      t.equal(page.url(), receipt, 'the way back leads to the receipt')
      t.equal(posted(), 1)
      await page.getByRole('link', { name: words.toOrder }).click()
      await page.getByRole('link', { name: words.kind_withdrawal }).click()
      await looksRight(t as Test, page, `case-${locale}`)
      t.strictSame(complaints, [])
      await context.close()
    })

    t.test(`without JavaScript and on a phone somebody complains with a picture (${locale})`, async (t) => {
      nothingAsked()
      const { page, context, complaints } = await openPhone(browser, house.url, locale)
      await page.goto(by())
      await page.getByRole('link', { name: words.way_complain }).click()
      await page.getByLabel(LONG).fill('1')
      await page.getByLabel(words.defect).fill('Den uler uten grunn, også når det er tørt.')
      const file = { name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: PICTURE }
      await page.getByLabel(words.photos).setInputFiles(file)
      await looksRight(t as Test, page, `complain-${locale}`)
      await page.getByRole('button', { name: words.submit_complain }).click()
      await page.getByText(words.sentNow).waitFor()
      await page.getByRole('img', { name: words.photo.replace('{number}', '1') }).waitFor()
      await looksRight(t as Test, page, `complaint-${locale}`)
      await page.getByLabel(words.addPhotos).setInputFiles({ ...file, buffer: Buffer.concat([PICTURE, PICTURE]) })
      await page.getByRole('button', { name: words.submit_photos, exact: true }).click()
      await page.waitForURL((url) => url.hash === '#pictures')
      t.equal(photos.length, 2)
      t.strictSame(
        complaints.filter((text) => !text.includes('404')),
        [],
      )
      await context.close()
    })

    t.test(`the other pages are in order too, ${colorScheme} (${locale})`, async (t) => {
      nothingAsked()
      cases.push({ id: CASE_ID, kind: 'withdrawal', status: 'declared', openedAt: '2026-11-27T09:00:00Z' })
      const { page, context } = await openPage(browser, house.url, { locale, colorScheme })
      for (const path of ['', '/terms', '/send-back', '/exchange', `/cases/${CASE_ID}`, '/withdraw/check']) {
        await page.goto(by(path, path === '' ? '&at=2027-06-01' : '&units-1=1'))
        t.strictSame(await accessibilityFaults(page), [], path)
        await keep(page, `${path.slice(1).replaceAll('/', '-') || 'order-at'}-${colorScheme}-${locale}`)
      }
      const asItWas = withdrawalIsOver(house.answers)
      await page.goto(by('/send-back'))
      t.strictSame(await accessibilityFaults(page), [], 'what is not withdrawn from any more')
      asItWas()
      await page.goto('/customer/order?link=x')
      t.strictSame(await accessibilityFaults(page), [], 'a link that opens nothing')
      await keep(page, `nothing-${colorScheme}-${locale}`)
      await context.close()
    })
  }

  t.test(
    'with JavaScript another day is asked about as it is chosen, and nothing else of the page moves',
    async (t) => {
      nothingAsked()
      const { page, context, complaints } = await openPage(browser, house.url, { locale: 'en-GB' })
      await page.goto(by())
      await page.evaluate('window.same = true')
      await page.getByLabel(en.whatIf).fill('2027-07-01')
      await page.getByRole('heading', { name: 'What would hold on 1 July 2027' }).waitFor()
      t.equal(await page.locator('line.asked').count(), 1, 'the line of time has the day')
      t.equal(await page.evaluate('window.same'), true, 'the page is the same')
      t.equal(await page.evaluate('document.activeElement.id'), 'at', 'and the field is where one was')
      t.equal(await page.locator('#dated').count(), 1)
      t.strictSame(await accessibilityFaults(page), [])
      await page.getByRole('link', { name: en.asToday }).click()
      await page.getByRole('heading', { name: en.rights }).waitFor()
      t.strictSame(complaints, [])
      await context.close()
    },
  )

  t.test('the keyboard reaches what there is to do', async (t) => {
    nothingAsked()
    const { page, context } = await openPage(browser, house.url)
    await page.goto(by())
    for (const name of [
      'Hopp til innholdet',
      LABELS.nb.withdraw,
      nb.way_complain,
      nb.whatIf,
      nb.ask,
      nb.calendar,
      nb.terms,
    ])
      t.ok(await reachesByKeyboard(page, name), name)
    await context.close()
  })
}
