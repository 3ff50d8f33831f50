import { Day, Id } from '@vilkar/contracts/event.ts'
import { Cites } from '@vilkar/contracts/parts.ts'
import { CountryCode } from '@vilkar/server/person.ts'
import { Type } from 'typebox'
import { ControllerId } from '../../policies/controllers.ts'

const Line = Type.String({ minLength: 1, maxLength: 500 })
/** What is written of a processor. */
export const facts = {
  name: Line,
  kind: Type.String({ minLength: 1, maxLength: 50, description: 'A recipient of the policy.', examples: ['carrier'] }),
  agreement: Type.String({ ...Line, description: 'Its number or address (GDPR Art. 28(3)).' }),
  country: CountryCode,
  safeguard: Type.Optional(Type.String({ ...Line, description: 'Needed outside the EEA and adequate countries.' })),
  since: Day,
  until: Type.Optional(Day),
}
export const ProcessorView = Type.Object(
  { id: Id, controller: ControllerId, ...facts, country: Type.String() },
  { title: 'Processor' },
)
const Kept = Type.Object({
  from: Type.Array(Type.String()),
  for: Type.String(),
  duties: Type.Array(Type.String()),
  cites: Cites,
})
const Use = Type.Object({
  purpose: Type.String(),
  ground: Type.Optional(
    Type.String({ description: 'Left out where the policy names none.', examples: ['Art. 6(1)(b)'] }),
  ),
  cites: Cites,
})
const Findings = Type.Array(Type.Object({ code: Type.String(), says: Type.String(), cites: Cites }), {
  description: 'Where the policy is silent.',
})
const Activity = Type.Object({
  ...{ category: Type.String(), uses: Type.Array(Use), kept: Type.Array(Kept), findings: Findings },
  subjects: Type.Optional(Type.Object({ who: Type.String(), cites: Cites })),
})
const OnBehalf = Type.Object(
  {
    ...{ processor: Type.String(), controllers: Type.String(), categories: Type.Array(Type.String()) },
    processing: Type.Array(Type.Object({ what: Type.String(), cites: Cites })),
    ...{ cites: Cites, findings: Findings },
  },
  {
    description:
      'What it does for others, who decide (GDPR Art. 30(2)); transfers and measures are those of the record.',
  },
)
/** The record of processing as it is read. */
export const RecordView = Type.Object(
  {
    controller: ControllerId,
    name: Type.String(),
    contact: Type.String(),
    activities: Type.Array(Activity),
    further: Type.Array(Use, { description: 'What the policy uses data for without saying which of what is kept.' }),
    roles: Type.Array(
      Type.Object({ purpose: Type.String(), controller: Type.String(), processor: Type.String(), cites: Cites }),
    ),
    recipients: Type.Array(
      Type.Object({
        ...{ kind: Type.String(), names: Type.Array(Type.String()), basis: Type.String() },
        ...{ minimum: Type.Array(Type.String()), cites: Cites },
      }),
    ),
    processors: Type.Array(ProcessorView),
    transfers: Type.Array(
      Type.Object({
        ...{ name: Type.String(), kind: Type.String(), country: Type.String() },
        safeguard: Type.Optional(Type.String({ description: 'Left out where the country’s law was found adequate.' })),
      }),
      { description: 'Processors of today outside the EEA.' },
    ),
    measures: Type.Array(Type.Object({ says: Type.String(), keptBy: Type.String() }), {
      description: 'What this product does to keep data safe, and the file that does it.',
    }),
    onBehalf: Type.Optional(OnBehalf),
    outgoing: Type.Array(Type.Object({ name: Type.String(), kind: Type.String(), fields: Type.Array(Type.String()) }), {
      description: 'Every way on which this product lets personal data out.',
    }),
    withoutAgreement: Type.Array(Type.Object({ name: Type.String(), kind: Type.String() }), {
      description: 'Ways out for which no agreement of a processor is in force today (GDPR Art. 28(3)).',
    }),
  },
  { title: 'RecordOfProcessing' },
)
