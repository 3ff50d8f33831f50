import { renewedToken } from '@vilkar/server/renewed-token.ts'
import * as oidc from 'openid-client'
import type { Config } from '../config.ts'
import { discover } from './issuer.ts'

/** A program of ours as the issuer knows it, and what it asks for. */
type Program = { id: string; secret?: string; scopes: string }

/** The token of a program of ours, which acts for itself and for nobody who signed in. */
export const createMachine = (config: Config, { id, secret, scopes }: Program) =>
  renewedToken(async () => {
    const issuer = await discover(config, { id, secret })
    const tokens = await oidc.clientCredentialsGrant(issuer, { scope: scopes, audience: config.AUTH_AUDIENCE })
    return { token: tokens.access_token, seconds: tokens.expiresIn() }
  })
