import type { Door, Part, Surface } from './surface.ts'

/**
 * What of a new surface would break who calls by the old one, a sentence each. New doors, new parts of answers, new values of what is
 * answered and new parts that may be left out break nobody.
 */
export const breaksBetween = (before: Surface, now: Surface): string[] =>
  [...before].flatMap(([name, door]) => {
    const other = now.get(name)
    return other === undefined ? [`${name} (${door.at}) is gone.`] : breaksOf(name, door, other)
  })

function breaksOf(name: string, before: Door, now: Door): string[] {
  const found: string[] = []
  const say = (what: string) => found.push(`${name}: ${what}`)
  if (before.at !== now.at) say(`it was ${before.at} and is ${now.at}.`)
  if (before.scope !== now.scope && now.scope !== 'all') say(`it was for ${before.scope} and is for ${now.scope}.`)
  for (const [path, part] of before.takes) {
    const other = now.takes.get(path)
    if (other === undefined) say(`${path} is not taken any more.`)
    else {
      if (!part.always && other.always) say(`${path} could be left out and must be there.`)
      const refused = part.types.filter((type) => !isTaken(type, other))
      if (refused.length > 0) say(`${path} may not be ${refused.join(' or ')} any more.`)
    }
  }
  for (const [path, { always }] of now.takes)
    if (always && !before.takes.has(path) && !isInsideNew(path, before)) say(`${path} is new and must be there.`)
  for (const [path, part] of before.answers) {
    const other = now.answers.get(path)
    if (other === undefined) say(`${path} is not answered any more.`)
    else {
      if (part.always && !other.always) say(`${path} was always answered and may be left out.`)
      const unknown = other.types.filter((type) => !isLiteral(type) && !isKnown(type, part))
      if (unknown.length > 0) say(`${path} may be ${unknown.join(' or ')}, which it never was.`)
    }
  }
  return found
}

const isLiteral = (type: string) => /^["\d[{-]|^(true|false)$/.test(type)
const kindOf = (type: string) => (type.startsWith('"') ? 'string' : /^-?\d/.test(type) ? 'number' : 'boolean')
const isTaken = (type: string, { types }: Part) =>
  types.includes(type) ||
  types.includes('any') ||
  (type === 'integer' && types.includes('number')) ||
  (isLiteral(type) && types.includes(kindOf(type)))
const isKnown = (type: string, { types }: Part) =>
  types.includes(type) || types.includes('any') || (type === 'integer' && types.includes('number'))

/** What stands inside something that is new itself is needed by nobody who leaves that out. */
const isInsideNew = (path: string, { takes }: Door) => {
  const parent = path.replace(/(\.[^.[{]+|\[\]|\{\})$/, '')
  return parent !== path && (/^body/.test(parent) || path.endsWith('[]')) && !takes.has(parent)
}
