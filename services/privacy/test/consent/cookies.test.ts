import { randomUUID } from 'node:crypto'
import { trim } from '@vilkar/server/trimming.ts'
import t from 'tap'
import { consentTrims } from '../../consent/watch.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { STOREFRONT } from './a-consent.ts'

const { db, pool, call, clock } = await startPrivacyForTest()
const text = 'Vi bruker informasjonskapsler til statistikk og markedsføring, hvis du vil.'
const aBrowser = () => ({ controller: 'smartgroup', browser: randomUUID() })
type Browser = ReturnType<typeof aBrowser>
const choose = (browser: Browser, accepted: string[]) =>
  call(STOREFRONT, 'PUT', '/cookie-choices', { ...browser, accepted, text, language: 'nb' })
const chosen = async (browser: Browser) => {
  const { status, body } = await call(STOREFRONT, 'GET', `/cookie-choices?${new URLSearchParams(browser)}`)
  return status === 404 ? undefined : body.accepted
}

t.test('the last choice holds, is taken back as it was made, and every one is logged', async (t) => {
  const browser = aBrowser()
  t.equal(await chosen(browser), undefined, 'no choice is none')
  t.equal((await choose(browser, ['analytics-cookies'])).status, 200)
  t.strictSame(await chosen(browser), ['analytics-cookies'])
  clock.at = clock.now().add({ seconds: 1 }).toString()
  await choose(browser, [])
  t.strictSame(await chosen(browser), [])
  t.strictSame(await chosen({ ...browser, controller: 'smarti' }), undefined)
  t.equal((await choose(browser, ['necessary'])).status, 400, 'what is necessary is not chosen')
  const { rows } = await pool.query(`select 1 from cookie_choice c where c::text like '%' || $1 || '%'`, [
    browser.browser,
  ])
  t.equal(rows.length, 0)
})

t.test('after a year it is asked again, and after two the choice is gone', async (t) => {
  const browser = aBrowser()
  const { body } = await choose(browser, ['marketing-cookies'])
  const days = (count: number) =>
    clock
      .now()
      .add({ hours: 24 * count })
      .toString()
  const [soon, over, gone] = [days(364), body.askAgainAt, days(731)]
  const count = async () => (await pool.query('select 1 from cookie_choice')).rows.length
  const trimmed = () => trim({ db, clock, trims: consentTrims, keepFor: 'P90D' })
  clock.at = soon
  t.strictSame(await chosen(browser), ['marketing-cookies'])
  clock.at = over
  t.equal(await chosen(browser), undefined)
  await trimmed()
  t.ok((await count()) > 0, 'a year after its end it is still shown')
  clock.at = gone
  await trimmed()
  t.equal(await count(), 0)
})

t.test('whether a cookie may be set is asked with the browser, whose last choice counts', async (t) => {
  const { controller, browser } = aBrowser()
  const codes = async (purpose: string, more: object = { browser }) => {
    const person = { controller, kind: 'email', value: `${randomUUID()}@example.com` }
    const query = new URLSearchParams({ ...person, purpose, ...more })
    const { body } = await call('sender privacy:read', 'GET', `/permission?${query}`)
    return body.reasons.map(({ code }: { code: string }) => code)
  }
  t.strictSame(await codes('analytics-cookies'), ['no-choice-yet'])
  await choose({ controller, browser }, ['analytics-cookies'])
  t.strictSame(await codes('analytics-cookies'), ['consented'])
  t.strictSame(await codes('marketing-cookies'), ['declined'], 'for this kind and no other')
  t.strictSame(await codes('analytics-cookies', {}), ['no-choice-yet'], 'of another browser nothing is known')
  t.strictSame(await codes('profiling'), ['no-consent'], 'cookies are no profiles')
  clock.at = clock.now().add({ seconds: 1 }).toString()
  await choose({ controller, browser }, [])
  t.strictSame(await codes('analytics-cookies'), ['declined'], 'taken back')
})
