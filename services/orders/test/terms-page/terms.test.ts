import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { editionById } from '@vilkar/terms/editions/registry.ts'
import { Value } from 'typebox/value'
import { termsPage } from '../../terms-page/terms-page.ts'
import { EditionItem, EditionView, editionView } from '../../terms-page/terms-view.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest({ after } as never)
const ID = 'smartgroup/2026-01-15'
const edition = editionById(ID)!
const get = (url: string, headers: Record<string, string> = {}) => house.app.inject({ method: 'GET', url, headers })
const read = (query = '', headers: Record<string, string> = {}) => get(`/terms/${ID}${query}`, headers)
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

describe('the list of editions', () => {
  test('anybody reads it, newest first, with the hash that orders pin and where each edition is', async () => {
    const { statusCode, body, headers } = await get('/terms')
    assert.equal(statusCode, 200)
    assert.match(String(headers['content-type']), /^application\/json/)
    const { items } = JSON.parse(body)
    for (const item of items) assert.ok(Value.Check(EditionItem, item), JSON.stringify(item))
    assert.deepEqual(items.at(-1), {
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
    for (const link of Object.values<string>(items.at(-1).links)) assert.equal((await get(link)).statusCode, 200)
  })
  test('it names the hash that a quote pins', async () => {
    await house.stock()
    const { terms } = await house.quote()
    const { items } = JSON.parse((await get('/terms')).body)
    assert.deepEqual(
      items.filter((item: { inForce: boolean }) => item.inForce).map(({ id, sha256 }: typeof edition) => [id, sha256]),
      [[terms.edition, terms.sha256]],
    )
  })
})

describe('an edition', () => {
  test('in JSON has every sentence with what keeps it or why nothing does, the form and the findings', async () => {
    const { headers, body } = await read('?locale=en')
    assert.match(String(headers['content-type']), /^application\/json/)
    const view = JSON.parse(body)
    assert.ok(Value.Check(EditionView, view), JSON.stringify(Value.Errors(EditionView, view)))
    const sentences = view.clauses.flatMap((clause: EditionView['clauses'][number]) => clause.sentences)
    assert.deepEqual(
      Object.fromEntries(sentences.map(({ number, text }: { number: string; text: string }) => [number, text])),
      edition.clauses('en'),
    )
    assert.partialDeepStrictEqual(sentences, [
      { number: '1.1', unenforced: 'It states who the seller is and decides nothing.' },
      { number: '8.2', enforcedBy: 'withdrawal' },
    ])
    assert.equal(view.sha256, edition.sha256)
    assert.equal(view.withdrawalForm, edition.withdrawalForm('en'))
    assert.equal(view.findings.length, edition.findings.length)
    assert.equal(view.findings[0]?.summary, edition.findings[0]!.summary.en)
  })
  test('in Markdown is the text that the confirmation carries, to the letter', async () => {
    const { headers, body } = await read('?format=markdown')
    assert.match(String(headers['content-type']), /^text\/markdown; charset=utf-8/)
    assert.equal(body, edition.text('nb'))
  })
  test('that does not exist is a problem', async () => {
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
    test(`is not asked for by ${query}`, async () => {
      const { statusCode: status, headers, body } = await read(query)
      assertProblem({ status, headers, body: JSON.parse(body) }, 400, 'invalid-input', detail)
    })
  test('is read without changing anything', () => changesNothing(house.db, () => read()))
})

describe('which form and which language', () => {
  for (const [accept, media] of [
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    [BROWSER, 'text/html'],
    ['text/markdown', 'text/markdown'],
    ['text/*;q=0.5, text/markdown;q=0.1', 'text/html'],
    ['application/pdf', 'application/json'],
    ['text/html;q=0', 'application/json'],
  ] as const)
    test(`Accept: ${accept ?? 'none'} gets ${media}`, async () => {
      const { headers } = await read('', accept === undefined ? {} : { accept })
      assert.ok(String(headers['content-type']).startsWith(media), String(headers['content-type']))
      assert.match(String(headers.vary), /accept, accept-language/)
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
    test(`Accept-Language: ${language ?? 'none'} gets ${locale}`, async () => {
      const { headers, body } = await read('', language === undefined ? {} : { 'accept-language': language })
      assert.deepEqual([headers['content-language'], JSON.parse(body).locale], [locale, locale])
    })
  test('what the address asks for goes before what the headers ask for', async () => {
    const { headers } = await read('?format=markdown&locale=nb', { accept: BROWSER, 'accept-language': 'en' })
    assert.match(String(headers['content-type']), /^text\/markdown/)
    assert.equal(headers['content-language'], 'nb')
  })
  test('a header without sense wants nothing, and the first offer is served', async () => {
    for (const header of ['', ';;;', 'text/html;q=x', ',,']) {
      const { headers } = await read('', { accept: header, 'accept-language': header })
      assert.match(String(headers['content-type']), /^application\/json/, header)
      assert.equal(headers['content-language'], 'nb', header)
    }
  })
})

describe('whoever has an edition need not fetch it again', () => {
  for (const url of ['/terms', `/terms/${ID}`, `/terms/${ID}?format=html`])
    test(url, async () => {
      const { headers } = await get(url)
      assert.match(String(headers['cache-control']), /^public, max-age=\d+$/)
      for (const tag of [String(headers.etag), `W/${headers.etag}`, `"other", ${headers.etag}`, '*']) {
        const again = await get(url, { 'if-none-match': tag })
        assert.deepEqual([again.statusCode, again.body, again.headers.etag], [304, '', headers.etag])
      }
      assert.equal((await get(url, { 'if-none-match': '"other"' })).statusCode, 200)
    })
  test('each language and form has a tag of its own', async () => {
    const queries = ['json', 'markdown', 'html'].flatMap((format) => [
      `?format=${format}&locale=nb`,
      `?format=${format}&locale=en`,
    ])
    const tags = await Promise.all(queries.map(async (query) => (await read(query)).headers.etag))
    assert.equal(new Set(tags).size, queries.length)
  })
})

describe('the page', () => {
  for (const locale of ['nb', 'en'] as const)
    test(`has an anchor for every clause and every sentence, and says its language: ${locale}`, async () => {
      const { body } = await read(`?format=html&locale=${locale}`)
      assert.match(body, new RegExp(`<html lang="${locale}">`))
      const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
      assert.equal(new Set(ids).size, ids.length)
      for (const number of Object.keys(edition.clauses(locale))) assert.ok(ids.includes(`c${number}`), number)
      assert.equal(body.match(/<h2 id="c\d+">/g)?.length, 17)
      for (const { id } of edition.findings) assert.ok(ids.includes(`finding-${id}`), id)
      for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target!), target!)
      const other = locale === 'nb' ? 'en' : 'nb'
      assert.ok(body.includes(`<a href="?locale=${other}&amp;format=html" lang="${other}"`))
      for (const text of [ID, edition.sha256, locale === 'nb' ? '15. januar 2026' : '15 January 2026'])
        assert.ok(body.includes(text), text)
    })
  test('runs no script and is styled by nothing but what its policy lets through', async () => {
    const { headers, body } = await read('', { accept: BROWSER })
    const [, style] = /<style>([\s\S]*)<\/style>/.exec(body)!
    const hash = createHash('sha256').update(style!).digest('base64')
    assert.match(String(headers['content-security-policy']), new RegExp(RegExp.escape(`style-src 'sha256-${hash}'`)))
    assert.match(String(headers['content-security-policy']), /^default-src 'none';/)
    assert.doesNotMatch(body, /<script|style="|<link|<img|\son\w+=/)
  })
  test('shows what looks like HTML as it is written', () => {
    const view = editionView(edition, 'en')
    const hostile = '<script>alert("1")</script> & https://a.example/?b=1&c="><b>'
    view.introduction = hostile
    view.clauses[0]!.title = hostile
    view.clauses[0]!.sentences[0]!.text = hostile
    view.findings[0]!.summary = hostile
    const page = termsPage(view)
    assert.doesNotMatch(page, /<script|<b>/)
    assert.ok(page.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;'))
  })
})
