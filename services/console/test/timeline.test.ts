import t from 'tap'
import { timeline } from '../pages/timeline.ts'
import { houseWords, type View } from '../pages/view.ts'

const say = houseWords('en')
/** Where the circles of what happened and the line of today are, from left to right. */
async function drawnAt(now: string, marks: string[]) {
  const moment = Temporal.Instant.from(now)
  const today = moment.toZonedDateTimeISO('Europe/Oslo').toPlainDate().toString()
  const view = { language: 'en', say, now: moment, today } as View
  const text = String(await timeline(view, { marks: marks.map((at) => ({ label: 'it', at })), spans: [] }))
  return {
    marks: [...text.matchAll(/<circle class="mark" cx="([\d.]+)"/g)].map(([, x]) => Number(x)),
    today: Number(/<line class="today" x1="([\d.]+)"/.exec(text)![1]),
  }
}

t.test('what happened earlier today is left of today, and what is still to come right of it', async (t) => {
  const now = '2026-12-12T20:00:00Z'
  const { marks, today } = await drawnAt(now, ['2026-12-10T20:00:00Z', '2026-12-12T12:00:00Z', '2026-12-12T22:30:00Z'])
  t.equal(marks.length, 3)
  t.ok(marks[0]! < marks[1]! && marks[1]! < today && today < marks[2]!, JSON.stringify({ marks, today }))
})
