import { createHash } from 'node:crypto'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import t from 'tap'
import { Value } from 'typebox/value'
import { termsPage } from '../../terms-page/terms-page.ts'
import { EditionItem, EditionView, editionView } from '../../terms-page/terms-view.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const ID = 'smartgroup/2026-01-15'
const edition = editionById(ID)!
const get = (url: string, headers: Record<string, string> = {}) => house.app.inject({ method: 'GET', url, headers })
const read = (query = '', headers: Record<string, string> = {}) => get(`/terms/${ID}${query}`, headers)
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

t.test('the list of editions', async (t) => {
  t.test('anybody reads it, newest first, with the hash that orders pin and where each edition is', async (t) => {
    const { statusCode, body, headers } = await get('/terms')
    t.equal(statusCode, 200)
    t.match(String(headers['content-type']), /^application\/json/)
    const { items } = JSON.parse(body)
    for (const item of items) t.ok(Value.Check(EditionItem, item), JSON.stringify(item))
    t.strictSame(items.at(-1), {
      id: ID,
      seller: 'smartgroup',
      inForceFrom: '2026-01-14T23:00:00Z',
      sha256: edition.sha256,
      inForce: true,
      links: {
        json: `/terms/${ID}?format=json`,
        markdown: `/terms/${ID}?format=markdown`,
        html: `/terms/${ID}?format=html`,
      },
    })
    for (const link of Object.values<string>(items.at(-1).links)) t.equal((await get(link)).statusCode, 200)
  })
  t.test('it names the hash that a quote pins', async (t) => {
    await house.stock()
    const { terms } = await house.quote()
    const { items } = JSON.parse((await get('/terms')).body)
    t.strictSame(
      items.filter((item: { inForce: boolean }) => item.inForce).map(({ id, sha256 }: typeof edition) => [id, sha256]),
      [[terms.edition, terms.sha256]],
    )
  })
})

t.test('an edition', async (t) => {
  t.test('in JSON has every sentence with what keeps it or why nothing does, the form and the findings', async (t) => {
    const { headers, body } = await read('?locale=en')
    t.match(String(headers['content-type']), /^application\/json/)
    const view = JSON.parse(body)
    t.ok(Value.Check(EditionView, view), JSON.stringify(Value.Errors(EditionView, view)))
    const sentences = view.clauses.flatMap((clause: EditionView['clauses'][number]) => clause.sentences)
    t.strictSame(
      Object.fromEntries(sentences.map(({ number, text }: { number: string; text: string }) => [number, text])),
      edition.clauses('en'),
    )
    const some = sentences.filter(({ number }: { number: string }) => ['1.1', '8.2'].includes(number))
    t.hasStrict(some, [
      { number: '1.1', unenforced: 'It states who the seller is and decides nothing.' },
      { number: '8.2', enforcedBy: 'withdrawal' },
    ])
    t.equal(view.sha256, edition.sha256)
    t.equal(view.withdrawalForm, edition.withdrawalForm('en'))
    t.equal(view.findings.length, edition.findings.length)
    t.equal(view.findings[0]?.summary, edition.findings[0]!.summary.en)
  })
  t.test('in Markdown is the text that the confirmation carries, to the letter', async (t) => {
    const { headers, body } = await read('?format=markdown')
    t.match(String(headers['content-type']), /^text\/markdown; charset=utf-8/)
    t.equal(body, edition.text('nb'))
  })
  t.test('that does not exist is a problem', async () => {
    for (const id of ['smartgroup/1999-01-01', 'somebody/2026-01-15', '..%2F/2026-01-15']) {
      const { statusCode: status, headers, body } = await get(`/terms/${id}`)
      assertProblem({ status, headers, body: JSON.parse(body) }, 404, 'edition-unknown', /no edition .* see \/terms/)
    }
  })
  for (const [query, detail] of [
    ['?locale=fr', /querystring\.locale/],
    ['?format=pdf', /querystring\.format/],
    ['?lang=nb', /lang/],
  ] as const)
    t.test(`is not asked for by ${query}`, async () => {
      const { statusCode: status, headers, body } = await read(query)
      assertProblem({ status, headers, body: JSON.parse(body) }, 400, 'invalid-input', detail)
    })
  t.test('is read without changing anything', async () => changesNothing(house.db, () => read()))
})

t.test('which form and which language', async (t) => {
  for (const [accept, media] of [
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    [BROWSER, 'text/html'],
    ['text/markdown', 'text/markdown'],
    ['text/*;q=0.5, text/markdown;q=0.1', 'text/html'],
    ['application/pdf', 'application/json'],
    ['text/html;q=0', 'application/json'],
  ] as const)
    t.test(`Accept: ${accept ?? 'none'} gets ${media}`, async (t) => {
      const { headers } = await read('', accept === undefined ? {} : { accept })
      t.ok(String(headers['content-type']).startsWith(media), String(headers['content-type']))
      t.match(String(headers.vary), /accept, accept-language/)
    })
  for (const [language, locale] of [
    [undefined, 'nb'],
    ['en-GB,en;q=0.9,nb;q=0.8', 'en'],
    ['nn-NO,nn;q=0.9,en;q=0.5', 'nb'],
    ['no', 'nb'],
    ['de', 'nb'],
    ['*', 'nb'],
    ['de, en;q=0.3', 'en'],
  ] as const)
    t.test(`Accept-Language: ${language ?? 'none'} gets ${locale}`, async (t) => {
      const { headers, body } = await read('', language === undefined ? {} : { 'accept-language': language })
      t.strictSame([headers['content-language'], JSON.parse(body).locale], [locale, locale])
    })
  t.test('what the address asks for goes before what the headers ask for', async (t) => {
    const { headers } = await read('?format=markdown&locale=nb', { accept: BROWSER, 'accept-language': 'en' })
    t.match(String(headers['content-type']), /^text\/markdown/)
    t.equal(headers['content-language'], 'nb')
  })
  t.test('a header without sense wants nothing, and the first offer is served', async (t) => {
    for (const header of ['', ';;;', 'text/html;q=x', ',,']) {
      const { headers } = await read('', { accept: header, 'accept-language': header })
      t.match(String(headers['content-type']), /^application\/json/, header)
      t.equal(headers['content-language'], 'nb', header)
    }
  })
})

t.test('whoever has an edition need not fetch it again', async (t) => {
  for (const url of ['/terms', `/terms/${ID}`, `/terms/${ID}?format=html`])
    t.test(url, async (t) => {
      const { headers } = await get(url)
      t.match(String(headers['cache-control']), /^public, max-age=\d+$/)
      for (const tag of [String(headers.etag), `W/${headers.etag}`, `"other", ${headers.etag}`, '*']) {
        const again = await get(url, { 'if-none-match': tag })
        t.strictSame([again.statusCode, again.body, again.headers.etag], [304, '', headers.etag])
      }
      t.equal((await get(url, { 'if-none-match': '"other"' })).statusCode, 200)
    })
  t.test('each language and form has a tag of its own', async (t) => {
    const queries = ['json', 'markdown', 'html'].flatMap((format) => [
      `?format=${format}&locale=nb`,
      `?format=${format}&locale=en`,
    ])
    const tags = await Promise.all(queries.map(async (query) => (await read(query)).headers.etag))
    t.equal(new Set(tags).size, queries.length)
  })
})

t.test('the page', async (t) => {
  for (const locale of ['nb', 'en'] as const)
    t.test(`has an anchor for every clause and every sentence, and says its language: ${locale}`, async (t) => {
      const { body } = await read(`?format=html&locale=${locale}`)
      t.match(body, new RegExp(`<html lang="${locale}">`))
      const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
      t.equal(new Set(ids).size, ids.length)
      for (const number of Object.keys(edition.clauses(locale))) t.ok(ids.includes(`c${number}`), number)
      t.equal(body.match(/<h2 id="c\d+">/g)?.length, 17)
      for (const { id } of edition.findings) t.ok(ids.includes(`finding-${id}`), id)
      for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) t.ok(ids.includes(target!), target!)
      const other = locale === 'nb' ? 'en' : 'nb'
      t.ok(body.includes(`<a href="?locale=${other}&amp;format=html" lang="${other}"`))
      for (const text of [ID, edition.sha256, locale === 'nb' ? '15. januar 2026' : '15 January 2026'])
        t.ok(body.includes(text), text)
    })
  t.test('leads to the policies that clause 15 names', async (t) => {
    const { body } = await read('?format=html&locale=en')
    for (const sentence of ['15.2', '15.3']) {
      const address = /https:\S+[^.\s]/.exec(edition.clauses('en')[sentence]!)![0]
      t.ok(body.includes(`<a href="${address}">${address}</a>`), address)
    }
  })
  t.test('runs no script and is styled by nothing but what its policy lets through', async (t) => {
    const { headers, body } = await read('', { accept: BROWSER })
    const [, style] = /<style>([\s\S]*)<\/style>/.exec(body)!
    const hash = createHash('sha256').update(style!).digest('base64')
    t.match(String(headers['content-security-policy']), new RegExp(RegExp.escape(`style-src 'sha256-${hash}'`)))
    t.match(String(headers['content-security-policy']), /^default-src 'none';/)
    t.notMatch(body, /<script|style="|<link|<img|\son\w+=/)
  })
  t.test('shows what looks like HTML as it is written', async (t) => {
    const view = editionView(edition, 'en')
    const hostile = '<script>alert("1")</script> & https://a.example/?b=1&c="><b>'
    view.introduction = hostile
    view.clauses[0]!.title = hostile
    view.clauses[0]!.sentences[0]!.text = hostile
    view.findings[0]!.summary = hostile
    const page = termsPage(view)
    t.notMatch(page, /<script|<b>/)
    t.ok(page.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;'))
  })
})
