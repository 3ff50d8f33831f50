import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { Compile } from 'typebox/compile'

/**
 * Checks a part of a request. A body's values are never converted; of a URL, which can only say text, a value is
 * converted when it does not fit as it is, since converting costs far more than checking.
 */
export const validatorCompiler: typeof TypeBoxValidatorCompiler = (route) => {
  const check = Compile(route.schema)
  const convert = TypeBoxValidatorCompiler(route)
  return (value: unknown) => (check.Check(value) ? { value } : convert(value))
}
