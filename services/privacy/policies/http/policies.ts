import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { policyIds, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { Type } from 'typebox'
import { ControllerId } from '../controllers.ts'
import { itemOf, PolicyItem, PolicyView, viewOf } from './policy-view.ts'

const tags = ['policies']

/** `GET /policies` and `GET /policies/{controller}`: what each controller promises, for anybody to read. */
export function policies(server: Server) {
  server.get(
    '/policies',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'listPolicies',
        summary: 'List the privacy policies',
        tags,
        response: { 200: Type.Object({ items: Type.Array(PolicyItem) }, { title: 'Policies' }) },
      },
    },
    async () => ({ items: policyIds.map((id) => itemOf(policyOf(id))) }),
  )
  server.get(
    '/policies/:controller',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readPolicy',
        summary: 'Read a privacy policy',
        description:
          'With whom data are shared, on which ground, and where the policy falls short of the law or of itself.',
        tags,
        params: Type.Object({ controller: ControllerId }),
        response: { 200: PolicyView, ...problems(400, 404) },
      },
    },
    async ({ params: { controller } }) => viewOf(policyOf(controller)),
  )
}
