import { type Static, Type } from 'typebox'

/** How a notice came. */
export const NoticeChannel = Type.Union([
  Type.Literal('withdrawal-function'),
  Type.Literal('web-form'),
  Type.Literal('email'),
  Type.Literal('chat'),
  Type.Literal('letter'),
  Type.Literal('phone'),
  Type.Literal('in-person'),
])
export type NoticeChannel = Static<typeof NoticeChannel>
