import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import t from 'tap'
import { en } from '../desk/words/en.ts'
import { figures } from '../desk/words/figures-en.ts'
import { createVisitor, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const house = await startTestConsole(t, { ...deskAnswers })
const visitor = createVisitor(house, { 'accept-language': 'en' })
await visitor.signIn('support')
const part = (text: string, id: string) =>
  new RegExp(`<section[^>]* id="${id}".*?</section>`, 's').exec(text)?.[0] ?? ''

t.test('the days that refunds took are bars with half and most of them marked, and a table of the same', async (t) => {
  const { text } = await visitor.ask('/desk/figures')
  const drawn = part(text, 'refund-days')
  t.match(
    drawn,
    '60 refunds were paid: half of them within 2 days, 95 of a hundred within 9 days. 2 of them were late.',
  )
  t.match(
    drawn,
    /<svg class="chart"[^>]* role="img" aria-labelledby="refund-days-says">\s*<title id="refund-days-says">/,
  )
  t.equal([...drawn.matchAll(/<rect class="bar"/g)].length, 10, 'of every number of days that there were')
  t.match(drawn, '45 or more', 'what is far beyond the others is one bar')
  t.equal([...drawn.matchAll(/<line class="upright"/g)].length, 2)
  t.match(drawn, /<td[^>]*>61<\/td><td[^>]*>1<\/td><td[^>]*>1<\/td>/, 'the table has it as it is')
  t.notMatch(withoutTokens(text), /NaN|undefined| style="/)
})

t.test('open cases are drawn by kind on one scale, each told in a sentence, and stand in a table', async (t) => {
  const { text } = await visitor.ask('/desk/figures')
  const drawn = part(text, 'open-cases')
  for (const kind of [en.kind_complaint, en.kind_withdrawal, en.kind_loss]) t.match(drawn, `<figcaption>${kind}`)
  t.match(drawn, 'Loss: 0 open on 1 September 2026, 1 at most, 1 on 29 November 2026.')
  const scales = [...drawn.matchAll(/<svg.*?<\/svg>/gs)].map(([svg]) =>
    [...svg.matchAll(/text-anchor="end">(\d+)</g)].map(([, tick]) => tick).join(),
  )
  t.strictSame(scales, ['0,10,20,30', '0,10,20,30', '0,10,20,30'])
  t.equal([...drawn.matchAll(/<tr>/g)].length, 91, 'a row for each day')
  const [, newest] = /<tbody><tr>(.*?)<\/tr>/s.exec(drawn)!
  t.match(newest, /29 November 2026.*<td[^>]*>4<\/td><td[^>]*>16<\/td><td[^>]*>1<\/td>/s, 'the newest first')
})

t.test('how cases fare is a table', async (t) => {
  const { text } = await visitor.ask('/desk/figures')
  t.match(
    part(text, 'fare'),
    /Complaint<\/td><td[^>]*>3<\/td><td[^>]*>1<\/td><td[^>]*>7<\/td><td[^>]*>4.3<\/td><td[^>]*>20.5<\/td>/,
  )
})

t.test('where nothing was paid and nothing was open it says so, and what is silent is told', async (t) => {
  const span = { from: '2026-09-01', to: '2026-11-29' }
  house.answers['GET /returns/refund-days'] = { ...span, paid: 0, late: 0, items: [] }
  house.answers['GET /returns/open-by-day'] = { ...span, items: [] }
  house.answers['GET /returns/figures'] = 'silent'
  const { text } = await visitor.ask('/desk/figures')
  for (const words of [figures.noneWasPaid, figures.noCases, 'returns does not answer']) t.match(text, words)
  t.notMatch(text, '<svg')
})
