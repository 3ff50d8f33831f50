/** What `make` gives, made when it is first asked for and then kept. One that throws is made anew the next time. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
