/** A primitive that only its own parser may make; `T` stays usable as itself. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

/** Ends a switch over a union: the compiler refuses it while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`)
}
