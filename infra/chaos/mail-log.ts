import type { ReceivedMail } from '@vilkar/testing/mailbox.ts'

/** A mail as the mail server took it: `atMs` by the clock of `performance.now()`. */
export type TakenMail = { messageId: string; atMs: number }

/** What the mail server took, and how often: of each mail only its name is kept. */
export function createMailLog() {
  const taken: TakenMail[] = []
  return {
    note: ({ messageId }: Pick<ReceivedMail, 'messageId'>) => {
      taken.push({ messageId, atMs: performance.now() })
    },
    taken: (): readonly TakenMail[] => taken,
  }
}
export type MailLog = ReturnType<typeof createMailLog>
