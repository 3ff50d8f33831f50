import type { ServiceName } from '@vilkar/contracts/event.ts'
import { readers } from '@vilkar/contracts/listens-to.ts'
import {
  API_PREFIX,
  type Durable,
  durablesOf,
  requestSubject,
  requests,
  services,
  streamOf,
  subjectsOf,
} from '@vilkar/messaging/wire/topology.ts'

/** Who may send to a subject of the account BROKER; `to`: what it is called in their own account. */
type Grant = { subject: string; to: string; accounts: string[]; stream?: boolean }

const HEAD = `# Written by "pnpm run docs" from libs/messaging/wire/topology.ts: who may send what to the broker.
#
# BROKER has the streams. Every other account has none and reaches of BROKER what is listed, and nothing else. Whatever
# answers a request goes to the account that made it: nobody can have an answer, or an event, sent to somebody else.
`

/** Acknowledgements come back on the subject that the broker named: its older form, and the one with domain and account. */
const ackSubjects = ({ producer, name }: Durable) => [
  `$JS.ACK.${streamOf(producer)}.${name}.>`,
  `$JS.ACK._.*.${streamOf(producer)}.${name}.>`,
]

const plain = (subject: string, ...accounts: string[]): Grant => ({ subject, to: subject, accounts })
const api = (request: string, account: string, stream = false): Grant => ({
  subject: `$JS.API.${request}`,
  to: `${API_PREFIX}.${request}`,
  accounts: [account],
  stream,
})

/** A service tells its events and looks at its own stream; it asks the operator for that stream and for no other. */
const toTell = (service: ServiceName): Grant[] => [
  plain(subjectsOf(service), accountOf(service)),
  api(`STREAM.INFO.${streamOf(service)}`, accountOf(service)),
  api(`STREAM.MSG.GET.${streamOf(service)}`, accountOf(service)),
  ...requests.map((request) => plain(requestSubject(request, service), accountOf(service))),
]

/** A reader looks at its own durable, takes from it and acknowledges. */
const toHear = (durable: Durable): Grant[] => {
  const account = accountOf(durable.reader)
  const place = `${streamOf(durable.producer)}.${durable.name}`
  return [
    api(`CONSUMER.INFO.${place}`, account),
    api(`CONSUMER.MSG.NEXT.${place}`, account, true),
    ...ackSubjects(durable).map((subject) => plain(subject, account)),
  ]
}

const accountOf = (user: string) => user.toUpperCase()

/** What the operator may do: make and delete these streams and their durables, look at them, and answer who asks. */
const operatorSubjects = () => [
  ...services.flatMap((service) =>
    ['INFO', 'CREATE', 'UPDATE', 'DELETE'].map((verb) => `$JS.API.STREAM.${verb}.${streamOf(service)}`),
  ),
  ...services.flatMap((service) =>
    ['LIST.%', 'CREATE.%.>', 'DELETE.%.*'].map((verb) => `$JS.API.CONSUMER.${verb.replace('%', streamOf(service))}`),
  ),
]

const block = (lines: string[], indent: string) => lines.map((line) => `${indent}${line}`).join('\n')
const list = (subjects: string[]) => subjects.map((subject) => `"${subject}"`).join(', ')

/** The accounts of the broker as text for nats-server: who may tell, hear and make what. */
export function accountsConf() {
  const grants = [...services.flatMap(toTell), ...services.flatMap(durablesOf).flatMap(toHear)]
  const exported = grants.map(
    ({ subject, accounts, stream }) =>
      `{ service: "${subject}", ${stream ? 'response: stream, ' : ''}accounts: [${accounts.join(', ')}] }`,
  )
  const users = [...services, ...readers.map(({ name }) => name)]
  const broker = `  BROKER: {
    jetstream: enabled
    users: [{
      user: operator, password: $OPERATOR_NATS_PASSWORD
      permissions: {
        publish: { allow: [
${block(
  operatorSubjects().map((subject) => `"${subject}"`),
  '          ',
)}
        ] }
        subscribe: { allow: [${list([requestSubject('*', '*'), '_INBOX_operator.>'])}] }
        allow_responses: true
      }
    }]
    exports: [
${block(exported, '      ')}
    ]
  }`
  const others = users.map((user) => {
    const mine = grants.filter(({ accounts }) => accounts.includes(accountOf(user)))
    const imported = mine.map(
      ({ subject, to }) =>
        `{ service: { account: BROKER, subject: "${subject}" }${to === subject ? '' : `, to: "${to}"`} }`,
    )
    return `  ${accountOf(user)}: {
    users: [{ user: ${user}, password: $${accountOf(user)}_NATS_PASSWORD }]
    imports: [
${block(imported, '      ')}
    ]
  }`
  })
  return `${HEAD}accounts {\n  SYS: { users: [] }\n${[broker, ...others].join('\n')}\n}\nsystem_account: SYS\n`
}
