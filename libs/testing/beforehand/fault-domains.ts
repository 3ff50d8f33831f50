/**
 * What tap gets for the package `async-hook-domain` in the processes of tests. It asks it to whom an error belongs that nobody caught; the package finds
 * out by following every promise and socket from its beginning to its end, which is a tenth of all the processor time of a test. Tests of a
 * process run one after the other, so that here it belongs to the one that began last and has not ended.
 */

type OnError = (error: unknown, kind: string) => unknown
type Fault = { onerror: OnError; destroyed: boolean; destroy: () => void }
type Scope = { domain?: Fault }

/** Those that have begun and not ended, the latest last. */
const begun: Fault[] = []
let within: Scope | undefined

/**
 * What tap gets for Node's: each test has one, makes its domain within it, and is later run within it. Functions that `new` calls: tap's own classes
 * extend this one.
 */
export const AsyncResource = Object.assign(
  function (this: Scope) {
    this.domain = undefined
  },
  { prototype: { runInAsyncScope, emitDestroy: resourceItself } },
)

function runInAsyncScope(
  this: Scope,
  run: (...given: unknown[]) => unknown,
  self: unknown,
  ...given: unknown[]
): unknown {
  if (this.domain !== undefined && !this.domain.destroyed && !begun.includes(this.domain)) begun.push(this.domain)
  const before = within
  within = this
  try {
    return Reflect.apply(run, self, given)
  } finally {
    within = before
  }
}

/** Nobody counts resources here. */
function resourceItself(this: unknown) {
  return this
}

/** What hears of errors, from when its test begins until it is destroyed; one that is made outside of tests at once. */
export function Domain(this: Fault, onerror: OnError) {
  this.onerror = onerror
  this.destroyed = false
  this.destroy = () => {
    this.destroyed = true
    if (begun.includes(this)) begun.splice(begun.indexOf(this), 1)
  }
  if (within === undefined) begun.push(this)
  else within.domain = this
}

/** Tells whose error it is; false when it is nobody's. */
function tell(error: unknown, kind: string): boolean {
  const domain = begun.at(-1)
  if (domain === undefined) return false
  try {
    domain.onerror(error, kind)
  } catch (worse) {
    domain.destroy()
    if (!tell(worse, kind)) throw worse
  }
  return true
}

/** From here on errors of this process that nobody caught are told to domains, unless somebody else listens for them. */
export function hearOfErrors() {
  const emit = process.emit
  process.emit = ((name: string, ...told: unknown[]) =>
    name === 'unhandledRejection' && process.listenerCount(name) === 0
      ? tell(told[0], name)
      : Reflect.apply(emit, process, [name, ...told])) as typeof process.emit
  process.on('uncaughtExceptionMonitor', (error, kind) => {
    if (process.hasUncaughtExceptionCaptureCallback() || process.listenerCount('uncaughtException') > 0) return
    if (!tell(error, kind)) return
    // It is heard: the process does not end of it.
    process.setUncaughtExceptionCaptureCallback(() => process.setUncaughtExceptionCaptureCallback(null))
  })
}
