import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { policyIds, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import t from 'tap'
import { startPrivacyForTest } from '../privacy-service.ts'

const { call } = await startPrivacyForTest()

t.test('anybody reads which policies there are, and each with what it falls short of', async (t) => {
  const { body } = await call('nobody', 'GET', '/policies')
  t.strictSame(
    body.items.map(({ controller }: { controller: string }) => controller),
    policyIds,
  )
  for (const id of policyIds) {
    const { status, body: policy } = await call('nobody', 'GET', `/policies/${id}`)
    const { controller, contact, findings } = policyOf(id)
    t.equal(status, 200)
    t.match(policy, { controller: id, name: controller.name, contact })
    t.strictSame(
      policy.findings.map(({ code }: { code: string }) => code),
      findings.map(({ code }) => code),
    )
  }
})

t.test('of a controller that there is not, nothing is guessed', async () =>
  assertProblem(await call('nobody', 'GET', '/policies/somebody'), 400, 'invalid-input', /controller/),
)
