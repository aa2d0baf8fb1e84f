/** A primitive that only its own parser may make; `T` stays usable as itself. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

/** Ends a switch over a union: the compiler refuses it while a case is missing. */
export function assertNever(value: never): never {
  // The kind alone: a value may hold a person's words, and an error may reach the log.
  const { kind } = Object(value) as { kind?: unknown }
  throw new Error(`unexpected case: ${typeof value === 'string' ? value : String(kind)}`)
}
