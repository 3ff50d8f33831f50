import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Deps } from '../../deps.ts'
import { deedPages } from '../../pages/deed.ts'
import { page } from '../../pages/layout.ts'
import { type Html, show } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'

/** The pages of something that staff does here: the form, what would follow, and the doing of it. */
export const deskDeeds = (
  server: FastifyInstance,
  deps: Pick<Deps, 'db'>,
  path: string,
  find: Parameters<typeof deedPages>[3],
) => deedPages(server, deps, { path, access: 'staff', show: showDesk }, find)

const showDesk = (view: View, reply: FastifyReply, shown: { title: string; main: Html }) =>
  show(reply, page(view, shown))
