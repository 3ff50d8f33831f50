import { Cites } from '@vilkar/contracts/parts.ts'
import type { Policy } from '@vilkar/terms/privacy/policy.ts'
import { type Static, Type } from 'typebox'
import { ControllerId } from '../controllers.ts'

const head = {
  controller: ControllerId,
  name: Type.String({ description: 'The company.', examples: ['Shop AS'] }),
  country: Type.String({ examples: ['NO'] }),
  organisationNumber: Type.Optional(Type.String()),
  version: Type.Optional(Type.String({ description: 'As printed; left out when the policy bears none.' })),
  contact: Type.String({ description: 'Where requests go.' }),
  authorities: Type.Array(Type.String(), { description: 'Where people complain.' }),
}

/** A policy as one of a list. */
export const PolicyItem = Type.Object(head, { title: 'PolicyItem' })

const Recipient = Type.Object({
  kind: Type.String({ examples: ['carrier'] }),
  names: Type.Array(Type.String()),
  basis: Type.String({ description: 'The ground, as GDPR Art. 6(1) has it.', examples: ['contract'] }),
  minimum: Type.Array(Type.String(), { description: 'The fields that are enough.' }),
  cites: Cites,
})
const Finding = Type.Object(
  {
    code: Type.String(),
    finding: Type.String({ description: 'Where the policy falls short of the law or of itself.' }),
    cites: Cites,
  },
  { title: 'PolicyFinding' },
)

/** A policy with whom it shares data with, and where it falls short. */
export const PolicyView = Type.Object(
  { ...head, recipients: Type.Array(Recipient), findings: Type.Array(Finding) },
  { title: 'Policy' },
)

export const itemOf = (policy: Policy): Static<typeof PolicyItem> => {
  const { id, version, controller, contact, authorities } = policy
  return {
    ...{ controller: id as Static<typeof ControllerId>, ...controller },
    ...(version !== undefined && { version }),
    ...{ contact, authorities: [...authorities] },
  }
}

export const viewOf = (policy: Policy): Static<typeof PolicyView> => ({
  ...itemOf(policy),
  recipients: policy.recipients.map(({ kind, names, basis, minimum, cites }) => {
    return { kind, names: [...names], basis, minimum: [...minimum], cites: [...cites] }
  }),
  findings: policy.findings.map(({ code, finding, cites }) => ({ code, finding, cites: [...cites] })),
})
