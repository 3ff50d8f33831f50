import type { ReturnUnitsAsked } from '@vilkar/contracts/returns-goods-back.ts'
import type { Deps, Trx } from '../../deps.ts'
import { onWithdrawalDeclared } from './on-withdrawal-declared.ts'

/** A withdrawal of an earlier release did not have stopped what had not left: it is now. */
export const onReturnUnitsAsked = (trx: Trx, deps: Deps, { askedAt, ...asked }: ReturnUnitsAsked['data']) =>
  onWithdrawalDeclared(trx, deps, { ...asked, declaredAt: askedAt })
