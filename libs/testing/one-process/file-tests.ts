import type tap from 'tap'

type Tests = typeof tap
let current: Tests | undefined

/** From here on `t` of the test files is this test: what they declare stands in it. */
export const standFor = (test: unknown) => {
  current = test as Tests
}

/** What `tap` is for test files that share a process: each file's own `t`, where alone it would be the whole report. */
export const t = new Proxy({} as Tests, {
  get(_, name) {
    const value = Reflect.get(current!, name)
    return typeof value === 'function' ? value.bind(current) : value
  },
})
