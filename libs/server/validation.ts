import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { Compile } from 'typebox/compile'
import type { Issue } from './invalid-input.ts'

/**
 * Checks a part of a request. A body's values are never converted; of a URL, which can only say text, a value is
 * converted when it does not fit as it is, since converting costs far more than checking. What does not match a pattern or
 * format is told in the words of the schema, its `errorMessage`, for nobody reads regular expressions.
 */
export const validatorCompiler: typeof TypeBoxValidatorCompiler = (route) => {
  const check = Compile(route.schema)
  const convert = TypeBoxValidatorCompiler(route)
  return (value: unknown) => {
    if (check.Check(value)) return { value }
    const checked = convert(value) as { error?: Issue[] }
    return (checked.error ? { error: checked.error.map((issue) => inWords(route.schema, issue)) } : checked) as never
  }
}

function inWords(schema: unknown, issue: Issue): Issue {
  if (issue.keyword !== 'pattern' && issue.keyword !== 'format') return issue
  const path = (issue.schemaPath ?? '').split('/').slice(1)
  const part = path.reduce<unknown>((whole, name) => (whole as Record<string, unknown> | undefined)?.[name], schema)
  const { errorMessage } = (part ?? {}) as { errorMessage?: string }
  return errorMessage === undefined ? issue : { ...issue, message: errorMessage }
}
