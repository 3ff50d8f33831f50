import t from 'tap'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { Withdrawal } from '../rules/withdrawal.ts'
import { cites, codes, instant, noon } from './cites.ts'

const { returnCost, sendBackBy, withdrawal, withdrawalPeriod } = terms

const plain = { madeToOrder: false, hygieneSealed: false }
const consumer = { customerKind: 'consumer', traits: plain, informationGiven: true } as const

t.test('8.2 the last day', async (t) => {
  for (const [received, lastDay, tooLateAt, rule] of [
    ['2026-06-01T14:00:00+02:00', '2026-06-15', '2026-06-15T22:00:00Z', 'the day of receipt is not counted'],
    ['2026-06-05T14:00:00+02:00', '2026-06-19', '2026-06-19T22:00:00Z', 'a Friday stays'],
    ['2026-06-06T12:00:00+02:00', '2026-06-22', '2026-06-22T22:00:00Z', 'a Saturday moves to Monday'],
    ['2026-06-07T12:00:00+02:00', '2026-06-22', '2026-06-22T22:00:00Z', 'a Sunday moves to Monday'],
    ['2026-04-17T10:00:00+02:00', '2026-05-04', '2026-05-04T22:00:00Z', '1 May moves, and the weekend after it'],
    ['2026-05-03T10:00:00+02:00', '2026-05-18', '2026-05-18T22:00:00Z', '17 May on a Sunday moves once'],
    ['2027-05-03T10:00:00+02:00', '2027-05-18', '2027-05-18T22:00:00Z', '17 May 2027 is Whit Monday as well'],
    ['2026-12-10T10:00:00+01:00', '2026-12-24', '2026-12-24T23:00:00Z', '24 December stays'],
    ['2026-12-17T10:00:00+01:00', '2026-12-31', '2026-12-31T23:00:00Z', '31 December stays'],
    [
      '2026-12-11T10:00:00+01:00',
      '2026-12-28',
      '2026-12-28T23:00:00Z',
      'Christmas Day moves past Boxing Day and the weekend',
    ],
    ['2026-12-18T10:00:00+01:00', '2027-01-04', '2027-01-04T23:00:00Z', 'New Year moves into the next year'],
    ['2026-03-18T10:00:00+01:00', '2026-04-01', '2026-04-01T22:00:00Z', 'the Wednesday before Easter stays'],
    ['2026-03-19T10:00:00+01:00', '2026-04-07', '2026-04-07T22:00:00Z', 'Maundy Thursday moves five days'],
    ['2026-03-23T10:00:00+01:00', '2026-04-07', '2026-04-07T22:00:00Z', 'Easter Monday moves to Tuesday'],
    ['2026-10-12T10:00:00+02:00', '2026-10-26', '2026-10-26T23:00:00Z', 'clocks go back on the way'],
    ['2026-03-29T03:30:00+02:00', '2026-04-13', '2026-04-13T22:00:00Z', 'received on the night that clocks go forward'],
    ['2026-01-11T23:30:00Z', '2026-01-26', '2026-01-26T23:00:00Z', 'half past midnight in Oslo is the next day'],
    [
      '2026-01-11T22:30:00Z',
      '2026-01-26',
      '2026-01-26T23:00:00Z',
      'an hour earlier ends the same day, by way of a Sunday',
    ],
  ] as const)
    t.test(`${rule}: received ${received}, last day ${lastDay}`, async (t) => {
      const facts = { ...consumer, lastReceivedAt: instant(received) }
      const tooLate = instant(tooLateAt)
      const last = withdrawal({ ...facts, declaredAt: tooLate.subtract({ nanoseconds: 1 }) })
      t.equal(last.outcome, 'granted')
      t.equal(last.lastDay?.toString(), lastDay)
      t.equal(last.until?.toString(), tooLate.toString())
      t.strictSame([last.basis, last.termsUndercut], ['both', false])
      const late = withdrawal({ ...facts, declaredAt: tooLate })
      t.equal(late.outcome, 'refused')
      t.strictSame(cites(late.reasons), ['8.2', '8.3', '§ 6', '§ 20', '§ 21'])
    })

  t.test(
    'a period of days is not one of hours: a notice can be in time after more than 14 times 24 of them',
    async (t) => {
      const lastReceivedAt = instant('2026-10-12T00:10:00+02:00')
      const declaredAt = instant('2026-10-26T22:30:00Z')
      t.ok(declaredAt.since(lastReceivedAt).total('hours') > 14 * 24)
      t.equal(withdrawal({ ...consumer, lastReceivedAt, declaredAt }).outcome, 'granted')
    },
  )
  t.test(
    'while a parcel is still to come, was refused or has no known receipt, the period has not begun',
    async (t) => {
      const { outcome, lastDay, until, reasons } = withdrawal({ ...consumer, declaredAt: noon('2030-01-01') })
      t.strictSame([outcome, lastDay, until], ['granted', undefined, undefined])
      t.strictSame(codes(reasons), ['period-not-begun'])
    },
  )
})

t.test('8.2 when the information was missing', async (t) => {
  for (const [received, informedAt, lastDay, rule] of [
    ['2026-01-05', undefined, '2027-01-19', 'twelve months more when it never came'],
    ['2026-01-03', undefined, '2027-01-19', 'counted from the end as moved past a weekend'],
    ['2026-06-05', undefined, '2027-06-21', 'itself moved past a weekend'],
    ['2028-02-15', undefined, '2029-02-28', 'there is no 29 February in 2029'],
    ['2026-01-05', '2026-04-15', '2026-04-29', 'fourteen days after it came'],
    ['2026-01-05', '2026-04-17', '2026-05-04', 'moved past 1 May'],
    ['2026-06-01', '2026-06-04', '2026-06-18', 'three days late makes three days more'],
    ['2026-06-01', '2026-05-20', '2026-06-15', 'before receipt is soon enough'],
    ['2026-01-05', '2027-01-11', '2027-01-19', 'after twelve months it changes nothing'],
  ] as const)
    t.test(`${rule}: received ${received}, informed ${informedAt ?? 'never'}, last day ${lastDay}`, async (t) => {
      const ruling = withdrawal({
        ...consumer,
        informationGiven: false,
        informationGivenAt: informedAt && noon(informedAt),
        lastReceivedAt: noon(received),
        declaredAt: noon(lastDay),
      })
      t.equal(ruling.outcome, 'granted')
      t.equal(ruling.lastDay?.toString(), lastDay)
    })

  t.test('the law then gives more than the terms, and the ruling says so', async (t) => {
    const facts = { ...consumer, informationGiven: false, lastReceivedAt: noon('2026-01-05') }
    const { basis, termsUndercut, reasons } = withdrawal({ ...facts, declaredAt: noon('2026-06-01') })
    t.strictSame([basis, termsUndercut], ['statute', true])
    t.ok(cites(reasons).includes('§ 8 første ledd bokstav h'))
  })
})

t.test('8.1, 8.6 and 8.7 who and what', async (t) => {
  const inside = { ...consumer, lastReceivedAt: noon('2026-06-01'), declaredAt: noon('2026-06-10') } as const
  const custom = { ...plain, madeToOrder: true }
  const sealed = { ...plain, hygieneSealed: true }
  for (const [rule, facts, outcome, code, cited] of [
    ['a business has no such right', { ...inside, customerKind: 'business' }, 'refused', 'business-customer', '8.1'],
    ['goods made to order are excepted', { ...inside, traits: custom }, 'refused', 'made-to-order', '§ 22 bokstav e'],
    [
      'before they are made or sent as well',
      { ...inside, traits: custom, lastReceivedAt: undefined },
      'refused',
      'made-to-order',
      '8.6',
    ],
    [
      'unless nobody said so beforehand',
      { ...inside, traits: custom, exceptionDisclosed: false },
      'review',
      'exception-not-disclosed',
      '§ 8 første ledd bokstav k',
    ],
    [
      'sealed goods with the seal intact are not',
      { ...inside, traits: sealed, sealBroken: false },
      'granted',
      'within-period',
      '8.1',
    ],
    [
      'with the seal broken they are',
      { ...inside, traits: sealed, sealBroken: true },
      'refused',
      'seal-broken',
      '§ 22 bokstav g',
    ],
    ['with the seal unknown somebody looks', { ...inside, traits: sealed }, 'review', 'seal-must-be-intact', '8.7'],
    [
      'a broken seal that nobody warned of goes to a person',
      { ...inside, traits: sealed, sealBroken: true, exceptionDisclosed: false },
      'review',
      'exception-not-disclosed',
      '8.7',
    ],
  ] as [string, Withdrawal, string, string, string][])
    t.test(rule, async (t) => {
      const ruling = withdrawal(facts)
      t.equal(ruling.outcome, outcome)
      t.ok(codes(ruling.reasons).includes(code), codes(ruling.reasons).join())
      t.ok(cites(ruling.reasons).includes(cited), cites(ruling.reasons).join())
    })

  t.test('nobody is refused twice for two reasons: both exceptions are named at once', async (t) => {
    const traits = { madeToOrder: true, hygieneSealed: true }
    const { reasons } = withdrawal({ ...inside, traits, sealBroken: true })
    t.strictSame(codes(reasons), ['made-to-order', 'seal-broken'])
  })
  t.test('a doubt about the goods does not outlive the period', async (t) => {
    t.equal(withdrawal({ ...inside, traits: sealed, declaredAt: noon('2026-06-16') }).outcome, 'refused')
  })
})

t.test('8.4 sending back', async (t) => {
  for (const [noticed, lastDay] of [
    ['2026-06-10', '2026-06-24'],
    ['2026-06-13', '2026-06-29'],
  ] as const)
    t.test(`after a notice on ${noticed} the goods are sent by ${lastDay}`, async (t) => {
      const { lastDay: by, reasons } = sendBackBy(noon(noticed))
      t.equal(by.toString(), lastDay)
      t.strictSame(cites(reasons), ['8.4', '§ 25'])
    })

  for (const [rule, facts, bearer, cited, undercut] of [
    ['a consumer who was told pays the way back', { disclosed: true }, 'customer', '8.4', false],
    ['one who was not told does not', { disclosed: false }, 'seller', '§ 9', true],
    ['nor when the seller took it on', { disclosed: true, sellerAgreedToBear: true }, 'seller', '§ 25', false],
    ['nor for a wrong or defective product', { disclosed: true, notAsAgreed: true }, 'seller', '§ 30', true],
    ['bulky goods need the amount', { disclosed: true, bulky: true }, 'seller', '§ 8 første ledd bokstav i', true],
    ['which may have been told', { disclosed: true, bulky: true, amountDisclosed: true }, 'customer', '§ 25', false],
  ] as const)
    t.test(rule, async (t) => {
      const cost = returnCost(facts)
      t.equal(cost.bearer, bearer)
      t.ok(cites(cost.reasons).includes(cited))
      t.equal(cost.termsUndercut, undercut)
    })
})

t.test('8.2 under other terms, and abroad', async (t) => {
  const received = { ...consumer, lastReceivedAt: noon('2026-06-01'), declaredAt: noon('2026-06-10') } as const
  t.test(
    'terms that give ten days do not shorten the law’s fourteen, and the ruling says that they tried',
    async (t) => {
      const { lastDay, basis, termsUndercut, reasons } = termsUnder({ withdrawalDays: 10 }).withdrawal(received)
      t.strictSame([lastDay?.toString(), basis, termsUndercut], ['2026-06-15', 'statute', true])
      t.strictSame(codes(reasons), ['within-period', 'law-gives-more-days'])
    },
  )
  t.test('terms that give twenty days hold', async (t) => {
    const { lastDay, basis, termsUndercut } = termsUnder({ withdrawalDays: 20 }).withdrawal(received)
    t.strictSame([lastDay?.toString(), basis, termsUndercut], ['2026-06-22', 'terms', false])
  })
  t.test('a consumer abroad has his own holidays too', async (t) => {
    const facts = { ...consumer, lastReceivedAt: noon('2028-09-19'), declaredAt: noon('2028-10-04') }
    t.equal(withdrawal({ ...facts, country: 'DE' }).outcome, 'granted')
    t.equal(withdrawal({ ...facts, country: 'NO' }).outcome, 'refused')
  })
  t.test('sealed software cannot be withdrawn from once its seal is broken', async (t) => {
    const traits = { ...plain, sealedMedia: true }
    t.strictSame(cites(withdrawal({ ...received, traits, sealBroken: true }).reasons), ['8.1', '§ 22 bokstav j'])
    t.equal(withdrawal({ ...received, traits, sealBroken: false }).outcome, 'granted')
    t.equal(withdrawal({ ...received, traits }).outcome, 'review')
  })
  t.test('each step of the period can be told', async (t) => {
    const period = withdrawalPeriod({ lastReceivedAt: noon('2026-06-06'), informationGiven: false })!
    const { receivedOn, countedOn, originalLastDay, lastDay } = period
    t.strictSame([receivedOn, countedOn, originalLastDay, lastDay].map(String), [
      '2026-06-06',
      '2026-06-20',
      '2026-06-22',
      '2027-06-22',
    ])
  })
})

t.test('8.2 a holiday in a part of another country goes to a person', async (t) => {
  // Fourteen days after 23 December end on Epiphany, which is a holiday in three states of Germany.
  const outcome = (country: string, at: string) =>
    terms.withdrawal({
      customerKind: 'consumer',
      traits: { madeToOrder: false, hygieneSealed: false },
      lastReceivedAt: noon('2026-12-23'),
      declaredAt: noon(at),
      informationGiven: true,
      country,
    }).outcome
  for (const [country, at, expected] of [
    ['DE', '2027-01-06', 'granted'],
    ['DE', '2027-01-07', 'review'],
    ['DE', '2027-01-08', 'refused'],
    ['NO', '2027-01-07', 'refused'],
    ['DK', '2027-01-07', 'refused'],
  ] as const)
    t.test(`${country}, on ${at}: ${expected}`, async (t) => t.equal(outcome(country, at), expected))
})
