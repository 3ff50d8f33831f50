import { outgoing } from '@vilkar/privacy/registers/outgoing.ts'

/** A person whose every datum is found nowhere else; the number of a telephone is theirs in any spelling. */
export const PERSON = {
  name: 'Qvistin Nåløye',
  email: 'naaloye.rett@example.com',
  address: {
    ...{ name: 'Qvistin Nåløye', street: 'Høystakkveien 4711', postalCode: '0155', city: 'Bekkasinvik', country: 'NO' },
    phone: '+47 918 27 364',
  },
}

/** What of an order is told, by the words that the ways out use: each is found by any of its needles. */
type Kind = 'name' | 'email' | 'phone' | 'address' | 'order' | 'amount'
type Needles = Record<Kind, readonly string[]>
const ofPerson = {
  name: ['qvistin', 'nåløye'],
  email: ['naaloye.rett'],
  phone: ['91827364'],
  address: ['høystakkveien', 'bekkasinvik'],
}

/** `order`: what names it; `amount`: what it comes to, in whatever units. */
export const needlesOf = (order: readonly string[], amount: readonly (string | number)[]): Needles => ({
  ...ofPerson,
  order: order.map((each) => each.toLowerCase()),
  amount: amount.map(String),
})

/** Which kinds of data stand in what was sent, each piece as text or as what it was before it was text. */
export function kindsIn(sent: readonly unknown[], needles: Needles): Kind[] {
  const text = sent.map(readable).join('\n')
  const joined = text.replaceAll(/[\s()-]/g, '')
  return (Object.keys(needles) as Kind[]).filter((kind) =>
    needles[kind].some((needle) => text.includes(needle) || joined.includes(needle.replaceAll('-', ''))),
  )
}

function readable(sent: unknown): string {
  const text = (typeof sent === 'string' ? sent : JSON.stringify(sent)) ?? ''
  return `${text} ${decoded(text)}`.toLowerCase()
}
const decoded = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}

/** What is meant by words of a policy that are wider than a kind. */
const WIDER: Record<string, readonly string[]> = {
  account: ['name', 'email', 'phone', 'address'],
  order: ['order', 'amount'],
}

/** What is untrue of a way out in the register, once all that went by it was read: it tells more than it says, or says more than it tells. */
export function untrueOf(way: string, found: readonly Kind[], register: typeof outgoing = outgoing) {
  const named = register.find(({ name }) => name.en === way)
  if (named === undefined) return [`${way} is not in the register`]
  // A host is told what customers are in the words of the policy for hosts.
  const meant = named.fields.flatMap((field) => (named.kind === 'hosting' ? (WIDER[field] ?? [field]) : [field]))
  return [
    ...found.filter((kind) => !meant.includes(kind)).map((kind) => `${way} is told the ${kind}, and is not said to be`),
    ...(named.kind === 'hosting' ? [] : meant)
      .filter((kind) => !found.includes(kind as Kind))
      .map((kind) => `${way} is said to be told the ${kind}, and is not`),
  ]
}
