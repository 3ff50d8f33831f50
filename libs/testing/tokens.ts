import type { VerifyToken } from '@vilkar/server/auth.ts'
import { type Role, roles } from './issuer.ts'

/** A verifier for tests that go around HTTP: the token is a role's name, or `subject scope scope …`. */
export const verifyTestToken: VerifyToken = async (token) => {
  if (token in roles) {
    const { subject, scopes } = roles[token as Role]
    return { subject, scopes: new Set(scopes) }
  }
  const [subject, ...scopes] = token.split(' ')
  if (!subject || scopes.length === 0) throw new Error('no such token')
  return { subject, scopes: new Set(scopes) }
}
