import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Address, Locale, Reasons } from './parts.ts'

/** What orders tells of the contract, and of corrections of where its confirmation and its goods go. The aggregate is the order. */
export const ContractFormed = event(
  'ContractFormed',
  {
    orderId: Id,
    formedAt: Instant,
    messageId: Type.String(),
    documents: Type.Optional(
      Type.Array(
        Type.Object({
          kind: Type.Union([Type.Literal('terms'), Type.Literal('withdrawal-form')]),
          locale: Locale,
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the text that went out, in UTF-8.' }),
        }),
        {
          description:
            'What went out with the confirmation. Left out of events of before it was kept: then what OrderPlaced says holds.',
        },
      ),
    ),
    withdrawalFunction: Type.Optional(
      Type.Object(
        {
          locale: Locale,
          page: Type.String({ description: 'The page that has it, without what names the order.' }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the notice with that page, in UTF-8.' }),
        },
        { description: 'That the confirmation told of the withdrawal function, and where; left out where it did not.' },
      ),
    ),
    reasons: Reasons,
  },
  "The order confirmation was accepted by the customer's mail server: the contract stands, and goods may be sent.",
)
export type ContractFormed = Static<typeof ContractFormed>

export const ConfirmationBounced = event(
  'ConfirmationBounced',
  { orderId: Id, bouncedAt: Instant, cause: Type.String(), wasFormed: Type.Boolean(), reasons: Reasons },
  'The confirmation did not reach the customer: the contract is not formed, and goods that have not left are held.',
)
export type ConfirmationBounced = Static<typeof ConfirmationBounced>

const Corrected = {
  by: Type.String({ description: 'Subject of the token of who corrected it.' }),
  why: Type.String(),
}

export const EmailCorrected = event(
  'EmailCorrected',
  {
    orderId: Id,
    correctedAt: Instant,
    wasFormed: Type.Optional(
      Type.Boolean({
        description:
          'There was a contract already, confirmed to the wrong address: what the confirmation informs of counts as told once ContractReconfirmed says so.',
      }),
    ),
    personal: Type.Object({
      email: Type.String(),
      from: Type.Optional(Type.String({ description: 'The wrong address.' })),
      ...Type.Partial(Type.Object(Corrected)).properties,
    }),
  },
  "The customer's address for mails was corrected: mails go there from now on, and so does a confirmation anew.",
)
export type EmailCorrected = Static<typeof EmailCorrected>

export const ContractReconfirmed = event(
  'ContractReconfirmed',
  {
    orderId: Id,
    reconfirmedAt: Instant,
    messageId: ContractFormed.properties.data.properties.messageId,
    documents: ContractFormed.properties.data.properties.documents,
    withdrawalFunction: ContractFormed.properties.data.properties.withdrawalFunction,
  },
  'After the address was corrected, the confirmation of a contract that stood already reached the customer.',
)
export type ContractReconfirmed = Static<typeof ContractReconfirmed>

export const AddressChangeRequested = event(
  'AddressChangeRequested',
  {
    orderId: Id,
    requestId: Id,
    requestedAt: Instant,
    personal: Type.Object({ from: Address, to: Address, ...Corrected }),
  },
  'The goods are to go elsewhere: shipping readdresses what has not left, and answers with AddressChangeAnswered.',
)
export type AddressChangeRequested = Static<typeof AddressChangeRequested>

export const AddressChangeConcluded = event(
  'AddressChangeConcluded',
  {
    orderId: Id,
    requestId: Id,
    changed: Type.Boolean({ description: 'What has not left goes to the new address; false, all of it had left.' }),
    left: Type.Array(Id, { description: 'Shipments that had left for the address of before.' }),
    concludedAt: Instant,
  },
  'Shipping has answered where the goods go.',
)
export type AddressChangeConcluded = Static<typeof AddressChangeConcluded>
