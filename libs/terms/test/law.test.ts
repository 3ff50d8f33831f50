import t from 'tap'
import { EDITION } from '../cases/first-edition.ts'
import { termsOf } from '../editions/registry.ts'
import { entitlements } from '../order/entitlements.ts'
import type { Citation } from '../ruling/ruling.ts'
import { citationOn, lastChangeOfLaw } from '../statute/act.ts'
import { angrerettloven, angrerettlovenWith } from '../statute/angrerettloven.ts'
import { changing, commencing, dated } from '../statute/dated.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { dueOn, LOOK_AGAIN_DAYS, type Registered, readRegister, report } from '../statute/register.ts'
import { noon } from './cites.ts'
import { everything, order } from './order.ts'
import { laws } from './resolves.ts'

const register = await readRegister()
const names = new Set(register.map(({ act }) => act))
const day = (text: string) => Temporal.PlainDate.from(text)

t.test('the register of law', async (t) => {
  t.test('has every Act that can be cited', async (t) => {
    const cited = new Set(laws.map((cite) => ('act' in cite ? cite.act : '')))
    t.ok(cited.size > 10)
    t.strictSame(
      [...cited].filter((act) => !names.has(act)),
      [],
    )
  })
  t.test('has what changes them, enacted or on its way', async (t) => {
    for (const act of [
      'lov 19 June 2026 no. 34',
      'Directive (EU) 2023/2673',
      'Directive (EU) 2024/825',
      'Implementing Regulation (EU) 2025/1960',
      'Directive (EU) 2024/1799',
    ])
      t.ok(names.has(act), act)
    t.equal(register.find(({ act }) => act === 'lov 19 June 2026 no. 34')!.status, 'enacted')
  })
  t.test('names each once, with where it was looked up, how, and no later than it was written', async (t) => {
    t.equal(names.size, register.length)
    for (const { act, checked, source, version, status, note } of register) {
      t.ok(source.length > 3, act)
      t.ok(day(checked.on).since(day('2026-11-01')).sign > 0, act)
      if (version !== undefined) t.ok(day(version).since(day(checked.on)).sign <= 0, act)
      if (status !== 'in-force') t.ok(note, `${act} says what is not known`)
      if (checked.how === 'read') t.ok(version, `${act} was read, and says since when it reads so`)
    }
  })

  const looked = (act: string, on: string, status: Registered['status'] = 'in-force'): Registered => ({
    ...{ act, status, source: 'a gazette' },
    checked: { on, how: 'read' },
  })
  const two = [looked('B', '2026-11-10'), looked('A', '2026-11-01'), looked('C', '2026-12-01', 'enacted')]
  for (const [today, due] of [
    ['2026-11-30', []],
    ['2026-12-01', ['A']],
    ['2026-12-10', ['A', 'B']],
  ] as const)
    t.test(
      `what was looked at is due after ${LOOK_AGAIN_DAYS} days: on ${today} ${due.join(' and ') || 'nothing'}`,
      async (t) =>
        t.strictSame(
          dueOn(two, day(today)).map(({ act }) => act),
          due,
        ),
    )
  t.test('tells what is due, what is not in force, and counts last', async (t) => {
    const lines = report(two, day('2026-12-01')).split('\n')
    t.match(lines[0], /^due: A, read on 2026-11-01/)
    t.ok(lines.some((line) => line.startsWith('enacted: C')))
    t.equal(lines.at(-1), 'law: 3 Acts, 1 due for a look on 2026-12-01, 1 not known to be in force')
  })
})

t.test('citations are dated like figures', async (t) => {
  const sectionOf = (cite: Citation) => ('act' in cite ? cite.section : '')
  t.test('a section is cited as it read on the day of the contract', async (t) => {
    const presumed = (on: string) => {
      const { reasons } = termsOf(EDITION, day(on)).presumedAtDelivery({
        customerKind: 'consumer',
        contractAt: noon(on),
        deliveredAt: noon(on),
        showedAt: noon(on),
      })
      return reasons[0]!.cites[0]!.text
    }
    t.match(presumed('2023-12-31'), /six months/)
    t.match(presumed('2024-01-01'), /two years/)
    t.match(presumed('2026-06-01'), /two years/)
  })
  t.test('so are those of an order', async (t) => {
    const parcel = {
      shipmentId: 'S',
      lines: everything,
      handedOverAt: '2026-06-02T08:00:00Z',
      receivedAt: '2026-06-04T10:00:00Z',
    }
    const facts = order({ parcels: [parcel] })
    const { lines } = entitlements(facts, noon('2026-06-10'))
    const texts = lines
      .flatMap(({ complaint }) => complaint.reasons)
      .flatMap(({ cites }) => cites.map(({ text }) => text))
    t.ok(texts.includes(forbrukerkjopsloven('§ 18').text))
  })
  t.test('between two changes the rules are the same objects', async (t) => {
    t.equal(termsOf(EDITION, day('2025-03-01')), termsOf(EDITION, day('2026-06-01')))
    t.not(termsOf(EDITION, day('2023-03-01')), termsOf(EDITION, day('2026-06-01')))
    t.equal(lastChangeOfLaw('2024-05-01'), '2024-01-01')
    t.equal(lastChangeOfLaw('1999-01-01'), undefined)
  })
  t.test('a section that never changed is the same on every day', async (t) => {
    t.equal(citationOn(angrerettloven('§ 21'), '1990-01-01'), angrerettloven('§ 21'))
  })
  t.test('a section whose change has no day yet reads as it does', async (t) => {
    t.equal(
      sectionOf(angrerettloven('§ 8 første ledd bokstav h andre punktum')),
      '§ 8 første ledd bokstav h andre punktum',
    )
    t.match(angrerettloven('§ 20 a').text, /commencement is not set/)
  })
  t.test('once it has one, form and language stand in other paragraphs from that day', async (t) => {
    const act = angrerettlovenWith('2027-03-01')
    for (const [usual, moved] of [
      ['§ 8 første ledd bokstav h andre punktum', '§ 8 andre ledd'],
      ['§ 8 tredje ledd', '§ 8 fjerde ledd'],
    ] as const) {
      t.equal(sectionOf(citationOn(act(usual), '2027-02-28')), usual)
      t.equal(sectionOf(citationOn(act(usual), '2027-03-01')), moved)
    }
    t.notMatch(citationOn(act('§ 20 a'), '2027-03-01').text, /commencement/)
  })
  t.test('a figure and a text change on the same day', async (t) => {
    const figure = dated(...changing('2024-01-01', 1, 2))
    t.strictSame([figure(day('2023-12-31')), figure(day('2024-01-01'))], [1, 2])
    t.strictSame([dated(...changing(undefined, 1, 2))(day('2024-01-01')), commencing(undefined, 1)], [1, []])
    t.equal(dated(...commencing('2024-01-01', 1))(day('2023-12-31')), undefined)
  })
})
