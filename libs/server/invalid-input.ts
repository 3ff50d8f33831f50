import { problem } from './problems.ts'

/** What the schema's check found wrong with one value. */
export type Issue = {
  keyword?: string
  schemaPath?: string
  instancePath?: string
  message?: string
  params?: Record<string, unknown>
}

const MAX_ISSUES = 10
/** They repeat what another issue says better. */
const ECHOES = ['anyOf', 'boolean']
const BRANCH = /^(.*?\/anyOf)\/\d+\//
/** The constant field of a branch that says which kind it is for. */
const KIND = /\/anyOf\/\d+\/properties\/[^/]+$/

/** The problem that names each wrong field and what is wrong with it, in words for whoever wrote the request. */
export function invalidInput(where: string, issues: Issue[]) {
  const told = withoutOtherKinds(issues.filter(({ keyword = '' }) => !ECHOES.includes(keyword)))
  const messages = new Map<string, { field: string; message: string }>()
  for (const issue of told) {
    const field = `${where}${issue.instancePath ?? ''}`.replaceAll('/', '.')
    const message = messageOf(issue, told)
    messages.set(`${field} ${message}`, { field, message })
  }
  const errors = [...messages.values()].slice(0, MAX_ISSUES)
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  return problem(400, 'invalid-input', `${detail}.`, { errors })
}

/**
 * Of a value that may be of several kinds, told apart by a constant field: only what is wrong with the kind that it
 * says it is. When it is of no kind, only that.
 */
function withoutOtherKinds(issues: Issue[]) {
  const located = issues.map((issue) => {
    const [branch, union] = BRANCH.exec(`${issue.schemaPath}/`) ?? []
    return { issue, branch, union, isKind: issue.keyword === 'const' && KIND.test(issue.schemaPath ?? '') }
  })
  const others = new Set(located.flatMap(({ branch, isKind }) => (isKind ? branch! : [])))
  const known = new Set(located.flatMap(({ branch, union }) => (branch && !others.has(branch) ? union! : [])))
  return located
    .filter(({ branch, union, isKind }) => !branch || !others.has(branch) || (isKind && !known.has(union!)))
    .map(({ issue }) => issue)
}

function messageOf({ keyword, message = 'is wrong', params = {}, instancePath }: Issue, all: Issue[]) {
  switch (keyword) {
    case 'const': {
      const allowed = all.filter((other) => other.keyword === 'const' && other.instancePath === instancePath)
      const values = allowed.map((other) => JSON.stringify(other.params?.allowedValue))
      return `must be ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`
    }
    case 'additionalProperties':
      return `must not have the field ${(params.additionalProperties as string[]).join(', ')}`
    case 'required':
      return `must have the field ${(params.requiredProperties as string[]).join(', ')}`
    default:
      return message
  }
}
