import { MAX_UNITS } from '@vilkar/contracts/parts.ts'
import { Type } from 'typebox'

const Cure = Type.Object(
  {
    remedy: Type.Union([Type.Literal('repair'), Type.Literal('replacement')]),
    quantity: Type.Integer({ minimum: 1, maximum: MAX_UNITS }),
    receivedAt: Type.String({ format: 'date-time', description: 'When the customer had them.' }),
    returnId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'The complaint: of each the last attempt counts.' }),
    ),
  },
  { additionalProperties: false },
)

/** What was put right of a line, as a caller tells it. */
export const Cures = Type.Optional(
  Type.Array(Cure, { maxItems: 100, description: 'Units that were repaired, or that others were sent for.' }),
)
