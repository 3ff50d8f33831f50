import type { Visit } from './customer-page.ts'

/** What somebody filled in, signed by the returns service, and the receipt once it was confirmed. */
export type Draft = {
  draft: string
  filledIn: { name: string; orderNumber: string; email: string; part?: string }
  /** Path of the receipt's page. */
  receipt?: string
}

declare module 'fastify' {
  interface Session {
    drafts?: [string, Draft][]
    receipts?: [string, string][]
  }
}

const KEPT = 4

/** Drafts of one browser stand in its session by the id of the form, so that two of its windows do not get in each other's way. */
export const draftOf = ({ session }: Visit, id: string) => session.drafts?.find(([each]) => each === id)?.[1]

export function keepDraft({ session }: Visit, id: string, draft: Draft) {
  session.drafts = [...(session.drafts ?? []).filter(([each]) => each !== id), [id, draft] as [string, Draft]].slice(
    -KEPT,
  )
}

/** The receipt that a form came to, as a path of ours: whoever sends the form again is led there. */
export const receiptOf = ({ session }: Visit, id: string) => session.receipts?.find(([each]) => each === id)?.[1]

export function keepReceipt({ session }: Visit, id: string, path: string) {
  session.receipts = [...(session.receipts ?? []), [id, path] as [string, string]].slice(-KEPT)
}

/** Whether a receipt is of what was said in this browser just now. */
export const isOwnReceipt = ({ session }: Visit, id: string) =>
  session.drafts?.some(([, { receipt }]) => receipt?.includes(id)) === true ||
  session.receipts?.some(([, path]) => path.includes(id)) === true
