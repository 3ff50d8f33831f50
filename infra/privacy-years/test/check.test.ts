import t from 'tap'
import { createCheck } from '../check/check.ts'
import { afterDay, startOf } from '../check/days.ts'
import { mayBeReached } from '../check/permissions.ts'
import { promisedOf, readSentences } from '../check/sentences.ts'
import { type Diary, type Kept, newKept, newPerson } from '../diary.ts'

const sentences = readSentences()
const day = (text: string) => Temporal.PlainDate.from(text)
const noon = (text: string) => startOf(day(text)) + 12 * 3_600_000
const NOBODY = new Set<string>()

/** One record of one person, and the check that looks at it. */
function one(play: string, kind: string, happened: [what: string, on: string][], more: Partial<Kept> = {}) {
  const diary: Diary = { play, persons: [newPerson(0, false)], records: [], choices: [] }
  const person = diary.persons[0]!
  const kept = newKept(diary, person, { system: 'system', record: 'r-1', kind, at: noon('2026-02-01') })
  Object.assign(kept, more, { happened: happened.map(([what, on]) => ({ what, at: noon(on) })) })
  const check = createCheck(diary, sentences.get(play)!, ['shop'])
  const at = (midnight: string, alarms: ReadonlySet<string> = NOBODY) =>
    check.at(startOf(day(midnight)), alarms).map(({ fault }) => fault)
  return { kept, person, at }
}
const asked = (on: string, more: object = {}) => ({
  erasure: 'e-1',
  at: startOf(day(on)),
  wished: false,
  knewOf: 1,
  ...more,
})

t.test('each sentence says how long, in days of Oslo', async (t) => {
  for (const [play, kind, happened, most, least] of [
    [
      'shop',
      'order',
      [
        ['document', '2026-03-01'],
        ['delivered', '2026-03-05'],
      ],
      '2031-12-31',
      '2031-12-31',
    ],
    ['shop', 'account', [['activity', '2026-02-28']], '2028-02-28', '2028-02-28'],
    ['shop', 'support', [['closed', '2026-03-31']], '2029-03-31', '2027-03-31'],
    ['shop', 'letter', [['document', '2026-03-01']], '2030-06-30', '2030-06-30'],
    ['photo-store', 'ordered-photos', [['ordered', '2026-06-15']], '2026-08-14', '2026-08-14'],
    ['photo-store', 'saved-photos', [['saved', '2026-03-01']], '2028-03-01', '2028-03-01'],
    [
      'photo-store',
      'saved-photos',
      [
        ['saved', '2026-03-01'],
        ['new-order', '2028-02-20'],
        ['new-order', '2030-01-05'],
      ],
      '2032-01-05',
      '2032-01-05',
    ],
    [
      'photo-store',
      'saved-photos',
      [
        ['saved', '2026-03-01'],
        ['new-order', '2028-03-02'],
      ],
      '2028-03-01',
      '2028-03-01',
    ],
    ['photo-store', 'guest-photos', [['uploaded', '2026-06-15']], '2026-09-13', '2026-09-13'],
    ['member-portal', 'payment', [['paid', '2026-03-10']], '2031-12-31', '2031-12-31'],
  ] as const) {
    const { kept } = one(play, kind, happened as unknown as [string, string][])
    const promised = promisedOf(sentences.get(play)!, kept)
    const said = `${play} ${kind} ${happened.join()}`
    t.equal(promised.most, afterDay(day(most)), said)
    t.equal(promised.least, afterDay(day(least)), said)
  }
  const visit = promisedOf(sentences.get('photo-store')!, one('photo-store', 'visit', [['ended', '2026-06-15']]).kept)
  t.equal(visit.most, noon('2026-06-16'))
})

t.test('every row names a sentence and where it stands, and every record of a play has one', async (t) => {
  for (const rows of sentences.values())
    for (const { source, sentence } of rows) t.ok(source.length > 5 && sentence.length > 20, sentence)
})

t.test('a record that is held a day too long is found, and one that is gone a day too early', async (t) => {
  const { kept, at } = one('shop', 'account', [['activity', '2026-02-01']])
  t.strictSame(at('2028-02-01'), [], 'on its last day')
  t.strictSame(at('2028-02-02'), ['pastItsDay'])
  kept.asked = asked('2028-02-02')
  t.strictSame(at('2028-02-02'), [], 'asked for, and about to be erased')
  Object.assign(kept, { state: 'gone', goneAt: startOf(day('2028-02-01')) })
  t.strictSame(at('2028-02-02'), ['goneEarly'])
  kept.goneAt = startOf(day('2028-02-02'))
  t.strictSame(at('2028-02-02'), [])
  Object.assign(kept, { goneAt: noon('2027-01-01'), deletedByPerson: true })
  t.strictSame(at('2028-02-02'), [], 'its person deleted it')
})

t.test('a system that does not answer is nobody’s fault for a week, and then somebody is called', async (t) => {
  const { kept, at } = one('shop', 'account', [['activity', '2026-02-01']], { asked: asked('2028-02-02') })
  t.strictSame(at('2028-02-09'), [])
  t.strictSame(at('2028-02-11'), ['unalarmed'])
  t.strictSame(at('2028-02-11', new Set(['e-1'])), [])
  kept.asked = asked('2028-02-02', { answeredAt: noon('2028-02-03') })
  t.strictSame(at('2028-02-11'), ['pastItsDay'], 'it said that it was gone')
})

t.test('what is wished goes, unless something keeps it; accounts stay through their years', async (t) => {
  const wishedAt = noon('2026-05-01')
  const { at } = one('shop', 'account', [['activity', '2026-02-01']], { wishedAt })
  t.strictSame(at('2026-05-02'), ['notErased'])
  const letter = one('shop', 'letter', [['document', '2026-02-01']], { wishedAt })
  t.strictSame(letter.at('2026-05-02'), [], 'correspondence is kept for its time')
  Object.assign(letter.kept, { state: 'gone', goneAt: wishedAt })
  t.strictSame(letter.at('2026-05-02'), ['goneEarly'])
  const order = one('shop', 'order', [['document', '2026-02-01']], { wishedAt, state: 'accounts', goneAt: wishedAt })
  t.strictSame(order.at('2026-05-02'), [])
  order.kept.state = 'gone'
  t.strictSame(order.at('2026-05-02'), ['goneEarly'])
  const sold: [string, string][] = [
    ['ordered', '2026-02-01'],
    ['document', '2026-02-01'],
  ]
  const photos = one('photo-store', 'order', sold)
  t.strictSame(
    [photos.at('2028-02-01'), photos.at('2028-02-02')],
    [[], ['pastItsDay']],
    'the order goes after two years',
  )
  Object.assign(photos.kept, { state: 'accounts', goneAt: startOf(day('2028-02-02')) })
  t.strictSame([photos.at('2036-12-31'), photos.at('2037-01-01')], [[], ['pastItsDay']], 'and its accounts after ten')
  Object.assign(photos.kept, { state: 'gone', goneAt: startOf(day('2036-12-31')) })
  t.strictSame(photos.at('2037-01-01'), [])
  t.strictSame(photos.at('2036-12-31'), ['goneEarly'])
  const club = one('member-portal', 'member', [['joined', '2026-02-01']], { wishedAt })
  t.strictSame(club.at('2026-05-02'), [], 'the club decides')
})

t.test('a dispute keeps everything while it lasts, and not after it', async (t) => {
  const { kept, person, at } = one('shop', 'account', [['activity', '2026-02-01']])
  person.holds.push({ from: noon('2028-01-01') })
  t.strictSame(at('2028-03-01'), [])
  Object.assign(kept, { state: 'gone', goneAt: startOf(day('2028-02-02')), asked: asked('2028-02-02') })
  t.strictSame(at('2028-03-01'), ['goneEarly'])
  Object.assign(kept, { state: 'whole', asked: undefined })
  person.holds[0]!.until = noon('2028-03-01')
  t.strictSame(at('2028-03-02'), ['pastItsDay'])
})

t.test('what somebody wants kept after they wanted it erased is kept until they want it no more', async (t) => {
  const wishedAt = noon('2026-05-01')
  const { kept, person, at } = one('photo-store', 'saved-photos', [['saved', '2026-02-01']], { wishedAt })
  Object.assign(person, { wishedAt })
  t.strictSame(at('2026-05-02'), ['notErased'])
  person.restrictions.push({ from: noon('2026-04-01'), keeps: true })
  t.strictSame(at('2026-05-02'), ['notErased'], 'what they wanted before does not count')
  person.restrictions.push({ from: noon('2026-05-20'), keeps: true })
  t.strictSame(at('2026-06-02'), [])
  Object.assign(kept, { state: 'gone', goneAt: startOf(day('2026-06-01')), asked: asked('2026-06-01') })
  t.strictSame(at('2026-06-02'), ['goneEarly'])
  Object.assign(kept, { state: 'whole', asked: undefined })
  person.restrictions[1]!.until = noon('2026-06-10')
  t.strictSame(at('2026-06-11'), ['notErased'])
  Object.assign(person, { wishedAt: noon('2026-06-05') })
  t.strictSame(at('2026-06-07'), ['notErased'], 'nor once they want it erased after all')
})

t.test('whoever said no last may not be reached, and whoever said yes after it may', async (t) => {
  const person = newPerson(0, false)
  const now = noon('2027-01-01')
  t.equal(mayBeReached(person, 'newsletter', now), undefined)
  person.words.push({ purpose: 'newsletter', says: 'yes', at: 1 })
  t.equal(mayBeReached(person, 'newsletter', now), true)
  person.words.push({ purpose: 'all', says: 'no', at: 2 })
  t.equal(mayBeReached(person, 'newsletter', now), false)
  person.words.push({ purpose: 'newsletter', says: 'yes', at: 3 })
  t.equal(mayBeReached(person, 'newsletter', now), true)
  person.restrictions.push({ from: 4, keeps: true })
  t.equal(mayBeReached(person, 'newsletter', now), false)
})
