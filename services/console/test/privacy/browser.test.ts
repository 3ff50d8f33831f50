import { freePort } from '@vilkar/testing/ports.ts'
import type { Page } from 'playwright-core'
import t from 'tap'
import { en as pagesEn } from '../../pages/words/en.ts'
import { nb as pagesNb } from '../../pages/words/nb.ts'
import { en } from '../../privacy/words/en.ts'
import { nb } from '../../privacy/words/nb.ts'
import {
  accessibilityFaults,
  NARROW,
  openPage,
  pressTwice,
  reachesByKeyboard,
  scrollsSideways,
  signInAs,
  startBrowser,
  WIDE,
} from '../browser.ts'
import { startTestConsole } from '../console.ts'
import { ACCESS_ID, aPrivacyService, BREACH_ID, HOLD_ID, REQUEST_ID } from './answers.ts'

const PAGES = [
  ...['/privacy', `/privacy/requests/${REQUEST_ID}`, '/privacy/requests/new', '/privacy/retention', '/privacy/holds'],
  ...[`/privacy/requests/${ACCESS_ID}`, `/privacy/requests/${ACCESS_ID}/do/without`],
  ...[`/privacy/requests/${REQUEST_ID}/do/refused`, '/privacy/holds/new', `/privacy/holds/${HOLD_ID}/end`],
  ...['/privacy/erasures', '/privacy/registers', '/privacy/registers/smartgroup/processor', '/privacy/breaches'],
  ...['/privacy/registers/smartgroup/disclosure', '/privacy/breaches/new', `/privacy/breaches/${BREACH_ID}`],
  ...['orders', 'system'].map((way) => `/privacy/breaches/${BREACH_ID}/hit/${way}`),
  ...['/privacy/policies', '/privacy/policies/smartgroup/2026-01-15', '/privacy/retention?controller=smartorg'],
]

/** Keeps a picture of a page where somebody wants to look at them. */
async function keep(page: Page, name: string) {
  const { SCREENSHOTS } = process.env
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name.replaceAll(/\W+/g, '-')}.png`, fullPage: true })
}

// Before any test: one that is queued and done before the browser is there would end the file.
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(t, aPrivacyService(), {
    ...{ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, PRIVACY_URL: '' },
  })

  for (const [locale, colorScheme] of [
    ['nb-NO', 'light'],
    ['en-GB', 'dark'],
  ] as const)
    t.test(`every page is in order, ${locale}, ${colorScheme}, wide and narrow`, async (t) => {
      const { page, context, complaints } = await openPage(browser, house.url, { locale, colorScheme })
      await signInAs(page, 'support', '/privacy')
      for (const path of PAGES) {
        await page.goto(path)
        t.strictSame(await accessibilityFaults(page), [], path)
        await keep(page, `${path} ${locale} wide`)
        await page.setViewportSize(NARROW)
        t.notOk(await scrollsSideways(page), path)
        await keep(page, `${path} ${locale} narrow`)
        await page.setViewportSize(WIDE)
      }
      t.strictSame(complaints, [])
      await context.close()
    })

  for (const [locale, words, pageWords] of [
    ['nb-NO', nb, pagesNb],
    ['en-GB', en, pagesEn],
  ] as const)
    t.test(`a request is written down and refused without JavaScript (${locale})`, async (t) => {
      const { page, context } = await openPage(browser, house.url, { locale, javaScriptEnabled: false })
      await signInAs(page, 'support', '/privacy')
      await page.getByRole('link', { name: words.newRequest }).click()
      await page
        .getByLabel(locale === 'nb-NO' ? 'E-postadresse' : 'E-mail address')
        .first()
        .fill('kari@example.com')
      await page.getByLabel(words.theirWords).fill('Hva har dere om meg?')
      await page.getByRole('button', { name: pageWords.seeFirst }).click()
      await page.getByText(words.youVouch).waitFor()
      await keep(page, `check ${locale}`)
      await page.getByRole('button', { name: pageWords.change }).click()
      t.equal(await page.getByLabel(words.theirWords).inputValue(), 'Hva har dere om meg?')
      await page.goto(`/privacy/requests/${REQUEST_ID}`)
      await page.getByRole('link', { name: words.do_refused }).click()
      await page.getByLabel(words.word_refused).fill('Loven krever at vi beholder det.')
      await page.getByRole('button', { name: pageWords.seeFirst }).click()
      await page.getByText('Datatilsynet').waitFor()
      await keep(page, `refuse ${locale}`)
      await pressTwice(page, pageWords.doIt, `/privacy/requests/${REQUEST_ID}`)
      const told = house.asked.filter(({ method, url }) => method === 'PUT' && url.endsWith('/answer'))
      t.equal(told.length, 1, 'pressed twice it is told once')
      house.asked.splice(0)
      await context.close()
    })

  t.test('the keyboard reaches what there is to do', async (t) => {
    const { page, context } = await openPage(browser, house.url)
    await signInAs(page, 'support', '/privacy')
    for (const name of ['Hopp til innholdet', nb.place, nb.retention, nb.newRequest, 'Sletting'])
      t.ok(await reachesByKeyboard(page, name), name)
    await page.goto(`/privacy/requests/${REQUEST_ID}`)
    for (const name of [nb.do_done, nb.do_refused, nb.allRequests]) t.ok(await reachesByKeyboard(page, name), name)
    await context.close()
  })
}
