import type { Random } from '@vilkar/storm/random.ts'

const AN_ID = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'

/** What breaks programs that are not careful. */
export const hostileValues: unknown[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud83d',
  '\u202e',
  '\r\nx: y',
  '\n',
  '\t',
  '%',
  '%zz',
  '%00',
  '%ED%A0%BD',
  '..%2f..%2fetc',
  '../../etc',
  `urn:uuid:${AN_ID}`,
  `{${AN_ID}}`,
  AN_ID,
  AN_ID.toUpperCase(),
  '00000000-0000-0000-0000-000000000000',
  "' or 1=1 --",
  "'; drop table orders --",
  '<script>alert(1)</script>',
  '#{7*7}',
  '{{7*7}}',
  '%s%s%n',
  '$(id)',
  '__proto__',
  'constructor',
  'x'.repeat(101),
  'x'.repeat(300),
  'x'.repeat(5_000),
  '🔥'.repeat(300),
  'é',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  '0',
  '-1',
  '1.5',
  '1e400',
  '9007199254740993',
  '99999999999999999999',
  '2147483648',
  '-0',
  '0x10',
  '1_000',
  '٣',
  '2026-02-30',
  '2026-12-24',
  '0000-01-01',
  '9999-12-31',
  '-271821-04-20',
  '+275760-09-13',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-12-24T23:59:60Z',
  '2026-12-24T12:00:00+99:99',
  '1969-12-31T23:59:59.999999999Z',
  '2026-12-24T12:00:00.1234567891Z',
]
const otherTypes: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 31,
  2 ** 63,
  [],
  [[]],
  {},
  [null],
  { a: 1 },
]

/** Bodies that are no object of ours. */
export const bodyTexts = [
  '',
  '{',
  '[]',
  'null',
  '0',
  '"x"',
  '{"a":1,"a":2}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"a":1}}}',
  '\ufeff{}',
  '{"a":"\\ud83d"}',
  '{"a":"\\u0000"}',
  '['.repeat(5_000),
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"a":"${'x'.repeat(300_000)}"}`,
  '{"a":1e400}',
  'a=1&b=2',
  '<a/>',
]

/** The same value with one to three faults in it, somewhere. */
export function mutateBody(value: unknown, random: Random, kind: 'mutated' | 'hostile') {
  let mutated = value
  for (let faults = random.between(1, kind === 'hostile' ? 3 : 1); faults > 0; faults -= 1)
    mutated = mutate(mutated, random, kind)
  return mutated
}

function mutate(value: unknown, random: Random, kind: string): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    if (random.chance(0.2)) return random.pick([[], [...value, ...value], Array.from({ length: 150 }, () => value[0])])
    const at = random.between(0, value.length - 1)
    return value.map((each, i) => (i === at ? mutate(each, random, kind) : each))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.chance(0.9)) {
    const names = Object.keys(value)
    if (names.length === 0 || random.chance(0.1)) return { ...value, [random.pick(['unheard', '__proto_', 'id'])]: 1 }
    const name = random.pick(names)
    if (random.chance(0.15)) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))
    return { ...value, [name]: mutate((value as Record<string, unknown>)[name], random, kind) }
  }
  if (typeof value === 'number' && random.chance(0.6))
    return random.pick([value + 1, -value, value * 1_000_000, value + 0.5, 0, 100_000_000_000, 2 ** 53])
  return random.pick(random.chance(0.6) ? hostileValues : otherTypes)
}
