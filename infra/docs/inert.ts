const silence = () => {}
const levels = { fatal: silence, error: silence, warn: silence, info: silence, debug: silence, trace: silence }
const log = { ...levels, level: 'silent', child: () => log }

/**
 * Stands in for what a service works with while its routes are declared: it can be handed on, but whoever reads or calls a
 * part of it is told off. `known` are the parts that may be used.
 */
export const inertDeps = (known: object = {}) =>
  inert('deps', { log, provider: { name: 'klarna' }, doors: { verifyToken: silence }, ...known })

function inert(name: string, known: Record<string, unknown> = {}): object {
  const stop = () => {
    throw new Error(`${name} must not be used here.`)
  }
  return new Proxy(silence, {
    apply: stop,
    get(_target, part) {
      if (name !== 'deps') return stop()
      return String(part) in known ? known[String(part)] : inert(String(part))
    },
  })
}
