import type { FastifyRequest } from 'fastify'

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
  }
}

const KEPT = 4

/** Drafts of one browser stand in its session by the id of the form, so that two of its windows do not get in each other's way. */
export const draftOf = ({ session }: FastifyRequest, id: string) => session.drafts?.find(([each]) => each === id)?.[1]

export function keepDraft({ session }: FastifyRequest, id: string, draft: Draft) {
  session.drafts = [...(session.drafts ?? []).filter(([each]) => each !== id), [id, draft] as [string, Draft]].slice(
    -KEPT,
  )
}
