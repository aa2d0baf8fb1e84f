/** Reading of what arrives as JSON or in a query. Zendesk takes ids as numbers or as digits. */

export type Fields = Record<string, unknown>

export function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {}
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Numbers become text; empty text stays text. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : null
}

export function asId(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null
  const id = Number(value)
  return Number.isSafeInteger(id) ? id : null
}

export function asFlag(value: unknown): boolean | null {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : null
}

/** Tags come as a list or as text with spaces or commas; they are kept in lower case, each once. */
export function asTags(value: unknown): string[] {
  const parts = Array.isArray(value) ? value.map(String) : [asText(value) ?? '']
  const tags = parts.flatMap((part) => part.toLowerCase().split(/[\s,]+/))
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

/** Zendesk's REST times carry whole seconds. */
export function toWireTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}

/** `ids=1,2,3` as texts. */
export function commaList(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
