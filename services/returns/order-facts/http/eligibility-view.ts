import { Id } from '@vilkar/contracts/event.ts'
import { Currency, Guarantee, Reasons } from '@vilkar/contracts/parts.ts'
import { type TProperties, Type } from 'typebox'

const Outcome = Type.Union([Type.Literal('granted'), Type.Literal('refused'), Type.Literal('review')], {
  description: 'review: a person decides; until then treat it as granted.',
})
const Money = Type.Object({ amount: Type.Integer(), currency: Currency })
const Party = Type.Union([Type.Literal('seller'), Type.Literal('customer')])
const Words = Type.Object({ nb: Type.String(), en: Type.String() })
const day = (description: string) => Type.Optional(Type.String({ description: `${description}, in Europe/Oslo.` }))
const moment = (description: string) => Type.Optional(Type.String({ description: `${description}, RFC 3339.` }))

const Basis = Type.Optional(
  Type.Union([Type.Literal('statute'), Type.Literal('terms'), Type.Literal('both')], {
    description: 'Who gives the customer what the ruling says.',
  }),
)
const Undercut = Type.Optional(
  Type.Literal(true, { description: 'The terms alone would have given the customer less than the law does.' }),
)
const Until = day(
  'Last day to use the right; of goods still to come, if they come when expected; left out while nobody can say',
)
const entitled = <More extends TProperties>(more: More, description?: string) =>
  Type.Object(
    { outcome: Outcome, until: Until, basis: Basis, termsUndercut: Undercut, reasons: Reasons, ...more },
    description ? { description } : {},
  )
const Entitlement = entitled({})
const Except = Type.Optional(
  Type.Object(
    { quantity: Type.Integer({ minimum: 1 }), reasons: Reasons },
    {
      description:
        'Of the units that can still go back, those for which it is over, where it is not over for all: what others were sent for because of a defect has a period of its own.',
    },
  ),
)

const Running = Type.Union([Type.Literal('granted'), Type.Literal('refused')])
const line = {
  lineId: Type.String(),
  sku: Type.String({ description: 'Of a line whose facts name none, its `lineId`.' }),
  quantity: Type.Integer(),
  returnable: Type.Integer({ description: 'Units that have not gone back and are not on their way back.' }),
  cancellable: Type.Integer({
    description:
      'How many of them can be cancelled: units that have not left and that nobody has asked to have stopped.',
  }),
  cancel: Entitlement,
  withdrawal: entitled({ except: Except }),
  voluntaryReturn: entitled(
    { except: Except },
    'The offer of the terms, which nobody needs while `withdrawal` is not refused: that gives more, and asking for the offer is answered with `withdrawal-gives-more`.',
  ),
  complaint: entitled({
    neverLateUntil: day('A complaint up to this day is within a reasonable time of noticing the defect'),
    presumedUntil: day('A defect that shows up to this day is taken to have been there at delivery'),
    guarantee: Type.Optional(
      Type.Object(
        {
          ...{ ...Guarantee.properties, outcome: Running, reasons: Reasons },
          until: day('Its last day; left out before delivery'),
        },
        { description: 'Beside the right and never instead of it (forbrukerkjøpsloven § 18 a).' },
      ),
    ),
    updates: Type.Optional(
      Type.Object(
        { outcome: Running, until: day('Their last day; left out before delivery'), reasons: Reasons },
        { description: 'Whether updates of what is supplied with the goods are owed (forbrukerkjøpsloven § 15).' },
      ),
    ),
    remedies: Type.Optional(
      Type.Object({ mayRefuseCure: Type.Boolean(), next: Type.Array(Type.String()), reasons: Reasons }),
    ),
  }),
  returnCost: Type.Object({ bearer: Party, reasons: Reasons }),
  refundEstimate: Money,
}
const Line = Type.Object(line)
const risk = { bearer: Party, since: moment('Since when it is the customer’s'), reasons: Reasons }
const LineWithRisk = Type.Object({
  ...line,
  risk: Type.Object(
    {
      ...risk,
      except: Type.Optional(
        Type.Array(Type.Object({ quantity: Type.Integer({ minimum: 1 }), ...risk }), {
          description: 'Units of the line that go back, where it is otherwise with them.',
        }),
      ),
    },
    {
      description:
        'Who bears accidental loss, by what carriers tell. What was recorded of a shipment besides, such as a carrier of the customer’s own, shipping knows: `GET /shipments/{id}/risk` counts that too.',
    },
  ),
})

const Delivery = Type.Object({
  from: Type.String({ description: 'First day of the estimate, which binds nobody.' }),
  to: Type.String({ description: 'Last day of the estimate.' }),
  latest: Type.String({
    description:
      'The last day on which delivery is not late: the agreed one, or by law a consumer’s. A business that agreed on none has a reasonable time, of which this, the end of the estimate, is the least.',
  }),
  late: Outcome,
  remedies: Type.Array(Type.String(), {
    description: 'What the customer may do, until a person has judged what the reasons say is to be judged.',
  }),
  reasons: Reasons,
})

const Prices = Type.Object({
  show: Type.Union([Type.Literal('incl'), Type.Literal('excl')]),
  label: Words,
  alsoShowTotalIncl: Type.Boolean(),
  termsUndercut: Type.Boolean(),
  reasons: Reasons,
})

const Dispute = Type.Object({
  law: Type.String(),
  keepsOwnMandatoryRules: Type.Boolean({ description: 'A consumer abroad keeps what their own law makes mandatory.' }),
  unConvention: Type.Boolean({ description: 'Whether the UN convention on the sale of goods applies.' }),
  mediator: Type.Optional(Type.String()),
  tribunal: Type.Optional(Type.String()),
  named: Type.Optional(Type.String({ description: 'Whom the terms name.' })),
  termsNameAnother: Type.Optional(Type.Boolean()),
  venue: Type.Optional(Type.String()),
  reasons: Reasons,
})

const RefundDue = Type.Object({
  returnId: Type.String(),
  dueOn: day('Last day to pay back; left out while the seller rightly waits for the goods'),
  withheld: Type.Union([Type.Boolean(), Type.Literal('partly')], {
    description:
      'Whether the seller waits for the goods. partly: for those that left; `dueOn` is for the units that never did.',
  }),
  reasons: Reasons,
})

const eligibility = {
  orderId: Type.Optional(Id),
  edition: Type.String(),
  at: Type.String({
    description:
      'The moment that this was worked out for, RFC 3339. Asked without one, an answer may be from earlier the same day in Europe/Oslo: unless more is heard of the order it is the same until midnight there.',
  }),
  cancel: Entitlement,
  sendBackBy: Type.String({ description: 'Last day to hand goods to a carrier after a notice given now.' }),
  refundsDue: Type.Array(RefundDue),
  refundEstimate: Money,
  lines: Type.Array(Line),
}

/** What the customer may do with what they bought, line by line, each with what it rests on. */
export const EligibilityView = Type.Object(eligibility, { title: 'Eligibility' })

/** All that an order entitles its customer, and its seller, to. */
export const EntitlementsView = Type.Object(
  {
    ...eligibility,
    lines: Type.Array(LineWithRisk),
    formation: entitled({ formedAt: moment('When the agreement was made') }, 'Granted: there is an agreement.'),
    sellerCorrection: entitled(
      { needsHumanApproval: Type.Boolean() },
      'Whether the seller may still go back on the order for a mistake.',
    ),
    delivery: Type.Optional(Delivery),
    prices: Prices,
    capture: Type.Optional(
      entitled(
        { amount: Type.Integer(), release: Type.Integer() },
        'What may be taken now, and what is to be released.',
      ),
    ),
    impediment: Type.Optional(
      Type.Object({ exempt: Type.Boolean(), damages: Entitlement, rescission: Entitlement, refund: Entitlement }),
    ),
    dispute: Dispute,
    liability: Type.Object(
      { direct: Entitlement, indirect: Entitlement },
      {
        description:
          'Which loss the seller has to answer for, if they caused it (clause 12). Refused is never gross negligence, and never what mandatory law says otherwise.',
      },
    ),
  },
  { title: 'Entitlements' },
)
