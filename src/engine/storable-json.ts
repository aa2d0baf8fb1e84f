/**
 * The same JSON without what PostgreSQL's `jsonb` cannot hold: NUL characters and lone surrogates.
 * Returns the value itself when nothing had to change.
 */
export function toStorableJson(value: unknown): unknown {
  const text = JSON.stringify(value)
  if (text === undefined) return null
  if (!/\\u(0000|d[89a-f])/i.test(text) && text.isWellFormed()) return value
  return JSON.parse(text, (_key, inner) =>
    typeof inner === 'string' ? storable(inner) : withStorableKeys(inner),
  )
}

/** Entries are defined, not assigned: a key `__proto__` stays a key. */
function withStorableKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (Object.keys(value).every((key) => storable(key) === key)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), inner]))
}

/** NUL is dropped, a lone surrogate becomes U+FFFD. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}
