import {
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportSpecifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertySignatureDeclaration,
  isStringLiteral,
  isVariableStatement,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast'
import { parsed } from './functions.ts'

/** A declaration at the top of a file, as `path#name`, and what it refers to: `path#name` of its own file or of what that imports. */
type Declared = { id: string; refers: string[]; exported: boolean }
/** The file that an import leads to; undefined for what is not ours. */
type FileAt = (path: string, specifier: string) => string | undefined

/**
 * What the files of a library export, as values, and nothing that runs comes to: no caller refers to it, nor does anything in the library
 * that one comes to. What stands in an import alone is no reference.
 */
export function unreached(library: ReadonlyMap<string, string>, callers: ReadonlyMap<string, string>, fileAt: FileAt) {
  const all = parsed(new Map([...library, ...callers]), (path, file) => declaredIn(path, file, fileAt))
  const isCaller = ({ id }: Declared) => callers.has(id.split('#')[0]!)
  const byId = new Map(all.filter((each) => !isCaller(each)).map((each) => [each.id, each]))
  const reached = new Set<string>()
  const come = (id: string) => {
    if (reached.has(id)) return
    reached.add(id)
    byId.get(id)?.refers.forEach(come)
  }
  for (const caller of all.filter(isCaller)) caller.refers.forEach(come)
  return [...byId.values()].filter(({ id, exported }) => exported && !reached.has(id)).map(({ id }) => id)
}

function declaredIn(path: string, file: SourceFile, fileAt: FileAt): Declared[] {
  const imported = new Map<string, string>()
  const statements = [...file.statements]
  for (const statement of statements.filter(isImportDeclaration)) {
    const from = isStringLiteral(statement.moduleSpecifier) ? fileAt(path, statement.moduleSpecifier.text) : undefined
    const visit = (node: Node) => {
      if (isImportSpecifier(node)) imported.set(node.name.text, `${from}#${(node.propertyName ?? node.name).text}`)
      node.forEachChild(visit)
    }
    if (from !== undefined) visit(statement)
  }
  const own = statements.flatMap((statement) => namesOf(statement).map((name) => ({ name, statement })))
  const names = new Map([...imported, ...own.map(({ name }) => [name, `${path}#${name}`] as const)])
  const refers = (node: Node) => referredTo(node).flatMap((name) => names.get(name) ?? [])
  const others = statements.filter((each) => !isImportDeclaration(each) && namesOf(each).length === 0)
  return [
    ...own.map(({ name, statement }) => ({
      ...{ id: `${path}#${name}`, refers: refers(statement) },
      exported: /^export /.test(file.text.slice(statement.getStart(file))),
    })),
    // What runs when the file is read.
    ...others.map((statement) => ({ id: `${path}#`, refers: refers(statement), exported: false })),
  ]
}

/** What a statement makes, by name: values alone. */
function namesOf(statement: Node): string[] {
  if (isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : []
  if (!isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name }) => (isIdentifier(name) ? [name.text] : []))
}

/** Every name that stands in a node, but for the names of properties. */
function referredTo(node: Node): string[] {
  const names: string[] = []
  const visit = (each: Node) => {
    if (isIdentifier(each) && !isNameOfProperty(each)) names.push(each.text)
    each.forEachChild(visit)
  }
  visit(node)
  return names
}

const isNameOfProperty = (node: Node) =>
  (isPropertyAccessExpression(node.parent) ||
    isPropertyAssignment(node.parent) ||
    isPropertySignatureDeclaration(node.parent)) &&
  node.parent.name === node
