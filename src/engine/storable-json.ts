/** What may stand for a character that `jsonb` cannot hold, in any JSON text. */
const SUSPICIOUS = /\\u(0000|d[89a-f])/i

/** Whether the value of a JSON text can be stored as it is; seen without reading it once more. */
export function isStorableText(json: string): boolean {
  return !SUSPICIOUS.test(json) && json.isWellFormed()
}

/**
 * The same JSON without what PostgreSQL's `jsonb` cannot hold: NUL characters and lone surrogates.
 * Returns the value itself when nothing had to change.
 */
export function toStorableJson(value: unknown): unknown {
  const text = JSON.stringify(value)
  if (text === undefined) return null
  if (isStorableText(text)) return value
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
