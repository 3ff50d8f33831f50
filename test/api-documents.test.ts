import { readdir, readFile } from 'node:fs/promises'
import schema from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' }
import { Validator } from '@seriousme/openapi-schema-validator'
import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { subjectOf } from '@vilkar/messaging/outbox/outbox.ts'
import { reactions as ofOrders } from '@vilkar/orders/service.ts'
import { reactions as ofPrivacy } from '@vilkar/privacy/service.ts'
import { reactions as ofReturns } from '@vilkar/returns/service.ts'
import { reactions as ofShipping } from '@vilkar/shipping/service.ts'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import t from 'tap'
import { clientTypes } from '../infra/docs/client-types.ts'
import { generateDocuments } from '../infra/docs/generate.ts'
import { hoist } from '../infra/docs/hoist.ts'
import { mailsPage } from '../infra/docs/mails.ts'
import { PROBLEM_MEDIA_TYPE } from '../libs/server/problems.ts'

type Ref = { $ref: string }
type Operation = { operationId?: string; summary?: string; responses: Record<string, { content?: object } | Ref> }
type OpenApi = {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, { content?: object }> }
}
type AsyncApi = {
  channels: Record<string, { address: string; parameters: Record<string, { enum?: string[] }> }>
  operations: Record<string, { action: string; messages: Ref[] }>
  components: { messages: Record<string, { examples?: { payload: unknown }[] }>; schemas: Record<string, object> }
}

const API = new URL('../docs/api/', import.meta.url)
const EXAMPLES = new URL('../libs/contracts/test/examples/', import.meta.url)
const documents = await generateDocuments()
const openApis = Object.entries(documents).filter(([name]) => name.endsWith('.openapi.json'))
const asyncApi = JSON.parse(documents['events.asyncapi.json']!) as AsyncApi
const lastOf = ({ $ref }: Ref) => $ref.split('/').at(-1)!

t.test('the documents in docs/api are those that the code gives', async (t) => {
  t.strictSame((await readdir(API)).sort(), Object.keys(documents).sort())
  for (const [name, text] of Object.entries(documents))
    t.ok((await readFile(new URL(name, API), 'utf8')) === text, `${name} differs: run "pnpm run docs"`)
})

t.test('the types of the client are those of the documents', async (t) => {
  for (const [path, text] of Object.entries(clientTypes(documents)))
    t.ok((await readFile(new URL(`../../${path}`, API), 'utf8')) === text, `${path} differs: run "pnpm run docs"`)
})

t.test('every operation has a name of its own, by which callers and programs know it', async (t) => {
  for (const [name, text] of openApis) {
    const { paths } = JSON.parse(text) as OpenApi
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ door: `${method} ${path}`, operationId })),
    )
    t.strictSame(
      operations.filter(({ operationId }) => !/^[a-z][A-Za-z]+$/.test(operationId ?? '')).map(({ door }) => door),
      [],
      `${name}: doors without an operationId`,
    )
    t.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length, `${name}: each its own`)
  }
})

t.test('docs/mails.md is the list that the code gives', async (t) =>
  t.equal(await readFile(new URL('../mails.md', API), 'utf8'), mailsPage()),
)

t.test('the same code gives the same documents', async (t) => {
  t.strictSame(await generateDocuments(), documents)
})

t.test('two different schemas of one title are refused, not merged', async (t) => {
  const schemas = {}
  t.strictSame(hoist([{ title: 'Part', type: 'string' }], schemas), [{ $ref: '#/components/schemas/Part' }])
  t.throws(() => hoist({ title: 'Part', type: 'integer' }, schemas), /Two different schemas are called Part/)
})

for (const [name, text] of openApis) {
  t.test(name, async (t) => {
    const document = JSON.parse(text) as OpenApi
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, ...operation })),
    )

    t.test('says in words what every pattern wants, for whoever is refused by it', async (t) => {
      const wordless: string[] = []
      JSON.parse(text, (_, part) => {
        if (typeof part?.pattern !== 'string') return part
        const { pattern, errorMessage = '' } = part
        if (!/^must be [a-zA-Z]/.test(errorMessage) || errorMessage.includes(pattern)) wordless.push(pattern)
        return part
      })
      t.strictSame(wordless, [])
    })

    t.test('is valid OpenAPI 3.1', async (t) => {
      const { valid, errors } = await new Validator().validate(JSON.parse(text))
      t.ok(valid, JSON.stringify(errors, null, 2))
    })

    t.test('says in a line what each route is for', async (t) => {
      t.ok(operations.length > 0)
      t.strictSame(
        operations.filter(({ summary = '' }) => summary.length < 5).map(({ route }) => route),
        [],
      )
    })

    t.test('answers what went wrong with problem details', async (t) => {
      const others = operations.flatMap(({ route, responses }) =>
        Object.entries(responses)
          .filter(([status]) => Number(status) >= 400)
          .map(
            ([status, answer]) =>
              [status, '$ref' in answer ? document.components.responses[lastOf(answer)]! : answer] as const,
          )
          .filter(([, { content = {} }]) => Object.keys(content).join() !== PROBLEM_MEDIA_TYPE)
          .map(([status]) => `${route} ${status}`),
      )
      t.strictSame(others, [])
    })
  })
}

t.test('events.asyncapi.json', async (t) => {
  const ajv = formats.default(new Ajv({ strict: false, allErrors: true, validateFormats: true }))

  t.test('is valid AsyncAPI 3.0', async (t) => {
    const validate = new Ajv({ strict: false, meta: false, validateSchema: false, validateFormats: false }).compile(
      schema,
    )
    t.ok(validate(asyncApi), JSON.stringify(validate.errors, null, 2))
  })

  t.test('names the subjects that events travel on', async (t) => {
    for (const [service, { address, parameters }] of Object.entries(asyncApi.channels)) {
      const event = parameters.event!.enum![0]!
      const filled = { partition: '3', event, aggregateId: 'a-1' }
      t.equal(
        address.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof filled) => filled[name]),
        subjectOf(service as ServiceName, 3, event, 'a-1'),
      )
    }
  })

  t.test('shows every example that the contract tests keep', async (t) => {
    const kept = (await readdir(EXAMPLES).catch(() => [])).map((file) => file.replace('.json', ''))
    const shown = Object.entries(asyncApi.components.messages).flatMap(([name, { examples }]) =>
      examples ? [name] : [],
    )
    t.strictSame(shown, kept.sort())
  })

  t.test('shows only examples that its schemas accept', async (t) => {
    ajv.addSchema(asyncApi, 'events')
    for (const [name, { examples = [] }] of Object.entries(asyncApi.components.messages)) {
      const validate = ajv.compile({ $ref: `events#/components/schemas/${name}` })
      t.equal(validate({}), false, `the schema of ${name} accepts anything`)
      for (const { payload } of examples) t.ok(validate(payload), `${name}: ${ajv.errorsText(validate.errors)}`)
    }
  })

  const touched = Symbol('touched')
  const touchy: never = new Proxy(() => {}, {
    get() {
      throw touched
    },
  }) as never
  const reacts: Record<string, (trx: never, envelope: Envelope) => Promise<void>> = {
    orders: reactWith(ofOrders, touchy),
    shipping: reactWith(ofShipping, touchy),
    returns: reactWith(ofReturns, touchy),
    privacy: reactWith(ofPrivacy, touchy),
  }
  for (const [service, react] of Object.entries(reacts)) {
    t.test(`says of ${service} that it receives what it acts on, and nothing else`, async (t) => {
      const received = Object.entries(asyncApi.operations)
        .filter(([name, { action }]) => name.startsWith(`${service}.`) && action === 'receive')
        .flatMap(([, { messages }]) => messages.map(lastOf))
      const acted = []
      for (const type of Object.keys(asyncApi.components.messages)) {
        const outcome = await react(touchy, { type, data: touchy } as unknown as Envelope).catch(
          (error: unknown) => error,
        )
        if (outcome !== undefined) t.equal(outcome, touched)
        if (outcome === touched) acted.push(type)
      }
      t.strictSame(received.sort(), acted.sort())
    })
  }
})
