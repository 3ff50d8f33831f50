import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { currentPolicy } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call, app } = await startPrivacyForTest()
type Section = { place: string; anchor: string; text: string }

t.test('anybody reads which policies there are, and each with its sections and what it falls short of', async (t) => {
  const { body } = await call('nobody', 'GET', '/policies')
  t.strictSame(
    body.items.map(({ id }: { id: string }) => id),
    policyIds.map((id) => currentPolicy(id).id),
  )
  for (const { id, controller, links } of body.items) {
    const { sha256, policy } = currentPolicy(controller)
    for (const path of [`/policies/${controller}`, links.json]) {
      const { status, body: read } = await call('nobody', 'GET', path)
      t.equal(status, 200)
      t.match(read, { id, controller, name: policy.controller.name, contact: policy.contact, sha256, locale: 'nb' })
      t.strictSame(
        read.sections.map(({ place, text }: Section) => [place, text]),
        Object.entries(policy.sections).map(([place, { nb }]) => [place, nb]),
      )
      t.strictSame(
        read.findings.map(({ code }: { code: string }) => code),
        policy.findings.map(({ code }) => code),
      )
    }
  }
})

t.test('a policy is a page in both languages on which each section has an address of its own', async (t) => {
  for (const controller of policyIds)
    for (const locale of ['nb', 'en'] as const) {
      const { headers, body } = await call('nobody', 'GET', `/policies/${controller}?format=html&locale=${locale}`)
      t.match(headers, { 'content-type': /^text\/html/, 'content-language': locale })
      t.match(headers['content-security-policy'], /default-src 'none'/)
      const { sections } = currentPolicy(controller).policy
      const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      t.equal(new Set(ids).size, ids.length, 'no address twice')
      for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) t.ok(ids.includes(target), `#${target} is there`)
      t.equal([...body.matchAll(/<h2 id="/g)].length, Object.keys(sections).length + 1)
      t.ok(body.includes(`<html lang="${locale}">`))
      t.ok(!/<script|style="| on\w+=/.test(body))
    }
  t.match((await call('nobody', 'GET', '/policies/smartgroup?format=html')).body, /<h2 id="s-11">/)
})

t.test('where a policy falls short is said in the language of the page, with what the law says in it', async (t) => {
  for (const controller of policyIds) {
    const read = async (locale: 'nb' | 'en') =>
      (await call('nobody', 'GET', `/policies/${controller}?locale=${locale}`)).body
    const [nb, en] = [await read('nb'), await read('en')]
    const { findings } = currentPolicy(controller).policy
    for (const [index, { finding, cites }] of findings.entries()) {
      t.strictSame([nb.findings[index].finding, en.findings[index].finding], [finding.nb, finding.en])
      t.not(finding.nb, finding.en)
      for (const [at, cite] of cites.entries()) {
        t.equal(en.findings[index].cites[at].text, cite.text)
        t.not(nb.findings[index].cites[at].text, cite.text, `${controller}: ${cite.text}`)
      }
    }
    const page = (await call('nobody', 'GET', `/policies/${controller}?format=html&locale=nb`)).body
    t.ok(findings.length > 0 && !page.includes('lang="en"><p') && !page.includes('<p lang="en"'))
    t.match(page, /class="sources">Se: <a href="#/, 'a section of its own is an address on the page')
  }
})

t.test('a browser gets a page in the language that it asks for, and who has it already gets nothing', async (t) => {
  const headers = { accept: 'text/html', 'accept-language': 'en-GB' }
  const first = await app.inject({ url: '/policies/smarti', headers })
  t.match(first.body, /Privacy policy – SMARTi AS/)
  const again = { ...headers, 'if-none-match': String(first.headers.etag) }
  t.equal((await app.inject({ url: '/policies/smarti', headers: again })).statusCode, 304)
  t.equal((await app.inject({ url: '/policies/smarti?locale=nb', headers: again })).statusCode, 200)
})

t.test('of a controller or an edition that there is not, nothing is guessed', async () => {
  assertProblem(await call('nobody', 'GET', '/policies/somebody'), 400, 'invalid-input', /controller/)
  assertProblem(await call('nobody', 'GET', '/policies/smartgroup/1999-01-01'), 404, 'edition-unknown', /\/policies/)
  assertProblem(await call('nobody', 'GET', '/policies/smartgroup/today'), 400, 'invalid-input', /date/)
})
