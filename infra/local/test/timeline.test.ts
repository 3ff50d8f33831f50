import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { createTimeline } from '../timeline.ts'

const cancel = { clause: '4.1', text: 'The agreement is made when our order confirmation reaches you.' }
const notice = { act: 'angrerettloven', section: '§ 21', text: 'The period is 14 days.' }

t.test('a sentence is printed out where it is first cited, and only named where it is cited again', async (t) => {
  const lines: string[] = []
  const tell = createTimeline((line) => void lines.push(stripVTControlCharacters(line)))
  tell('formed', 'The contract is formed.', { cites: [cancel] }, { cites: [cancel] })
  tell('asked', 'It may go back.', { cites: [cancel, notice] })
  tell('later', 'Nothing else happens.')
  t.strictSame(lines, [
    'formed     The contract is formed.',
    '             clause 4.1: The agreement is made when our order confirmation reaches you.',
    'asked      It may go back. (clause 4.1)',
    '             angrerettloven § 21: The period is 14 days.',
    'later      Nothing else happens.',
  ])
})

t.test('a long line goes on below its beginning, broken between words', async (t) => {
  const lines: string[] = []
  const tell = createTimeline((line) => void lines.push(stripVTControlCharacters(line)))
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ')
  tell('step', words)
  t.ok(lines.length > 1)
  t.ok(lines.every((line) => line.length <= 110))
  t.ok(lines.slice(1).every((line) => /^ {11}word/.test(line)))
  t.equal(lines.map((line) => line.slice(11)).join(' '), words)
})
