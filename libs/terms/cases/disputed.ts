import type { Answer } from './runner.ts'

/** Why a case is judged wrong, with what that rests on, and what the house answers instead where the case expects otherwise. */
export type Disputed = { why: string; answers: Answer }

/** Cases that we judge wrong: they stay in the bank, at most five of them (decisions 9 and 23). One that agrees has to leave the list. */
export const disputed: Readonly<Record<string, Disputed>> = {
  H99: {
    why: 'What is with the carrier is withdrawn from instead, which gives a consumer no less than forbrukerkjøpsloven § 41 and costs nothing (decision 23).',
    answers: { 'lines.0.cancel.outcome': 'refused' },
  },
}
