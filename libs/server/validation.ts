import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { fromText } from './from-text.ts'
import type { Issue } from './invalid-input.ts'
import { lazily } from './lazily.ts'

/**
 * Checks a part of a request. A body's values are never converted; of a URL, which can only say text, a value is
 * converted when it does not fit as it is, since converting costs far more than checking. What does not match a pattern or
 * format is told in the words of the schema, its `errorMessage`, for nobody reads regular expressions. A check is compiled when it
 * is first needed.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = lazily(() => Compile(schema))
  return (given: unknown) => {
    if (check().Check(given)) return { value: given }
    const value = httpPart === 'body' ? given : fromText(schema, given)
    if (check().Check(value)) return { value }
    return {
      error: check()
        .Errors(value)
        .map((issue) => inWords(schema, issue as Issue)),
    } as never
  }
}

function inWords(schema: unknown, issue: Issue): Issue {
  if (issue.keyword !== 'pattern' && issue.keyword !== 'format') return issue
  const path = (issue.schemaPath ?? '').split('/').slice(1)
  const part = path.reduce<unknown>((whole, name) => (whole as Record<string, unknown> | undefined)?.[name], schema)
  const { errorMessage } = (part ?? {}) as { errorMessage?: string }
  return errorMessage === undefined ? issue : { ...issue, message: errorMessage }
}
