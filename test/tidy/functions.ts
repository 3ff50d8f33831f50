import { isFunctionLikeDeclaration, isIdentifier, type Node, type SourceFile } from 'typescript/unstable/ast'
import { createVirtualFileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'

export type Function = { path: string; name: string; lines: number }

/** What is read of each of the given files, by the compiler's own parser. */
export function parsed<Read>(
  texts: ReadonlyMap<string, string>,
  read: (path: string, file: SourceFile) => Read[],
): Read[] {
  const paths = [...texts.keys()]
  const config = {
    compilerOptions: { noLib: true, noResolve: true, types: [] },
    files: paths.map((path) => `/${path}`),
  }
  const files = Object.fromEntries([...texts].map(([path, text]) => [`/${path}`, text]))
  const fs = createVirtualFileSystem({ ...files, '/tsconfig.json': JSON.stringify(config) })
  const api = new API({ cwd: '/', fs })
  try {
    const { program } = api.updateSnapshot({ openProjects: ['/tsconfig.json'] }).getProjects()[0]!
    return paths.flatMap((path) => read(path, program.getSourceFile(`/${path}`)!))
  } finally {
    api.close()
  }
}

/** Every function of the given files with its name and its length in lines. */
export const functionsOf = (texts: ReadonlyMap<string, string>): Function[] =>
  parsed(texts, (path, file) => {
    const lineAt = lineCounter(texts.get(path)!)
    const functions: Function[] = []
    const visit = (node: Node) => {
      if (isFunctionLikeDeclaration(node))
        functions.push({ path, name: nameOf(node), lines: lineAt(node.end) - lineAt(node.getStart(file)) + 1 })
      node.forEachChild(visit)
    }
    file.forEachChild(visit)
    return functions
  })

function lineCounter(text: string) {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index)
  return (position: number) => {
    const line = ends.findIndex((end) => end >= position)
    return line === -1 ? ends.length : line
  }
}

/** Its own name, or that of the constant or property that holds it; `anonymous` for a callback. */
function nameOf(node: Node) {
  const { name } = node as { name?: Node }
  const { name: holder } = node.parent as { name?: Node }
  const named = [name, holder].find((candidate) => candidate !== undefined && isIdentifier(candidate))
  return (named as { text: string } | undefined)?.text ?? 'anonymous'
}
