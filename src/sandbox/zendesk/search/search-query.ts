import { notEmulated, type Problem } from '../api/errors.ts'

type Term = { readonly field: string | null; readonly operator: string; readonly value: string }

/**
 * Reads `field:value`, `field<value`, quoted values, and free words, whose field is null. A field
 * outside `known` is not emulated.
 * https://support.zendesk.com/hc/en-us/articles/4408886879258
 */
export function parseQuery(query: string, known: readonly string[]): Term[] | Problem {
  const terms = [...query.matchAll(/(?:(-?\w+)([:<>]=?))?("[^"]*"|\S+)/g)]
  const unknown = terms.find(([, field]) => field !== undefined && !known.includes(field))
  if (unknown !== undefined) return notEmulated(`Search by ${unknown[1]}`)
  return terms.map(([, field, operator, value = '']) => ({
    field: field ?? null,
    operator: operator ?? ':',
    value: value.replaceAll('"', ''),
  }))
}

/** Whether the index does not hold it yet. */
export function isRecent(createdAt: string, now: number, lagMs: number): boolean {
  return Date.parse(createdAt) > now - lagMs
}

/** In any case; nothing includes no word. */
export function includesWord(text: string | null, word: string): boolean {
  return (text ?? '').toLowerCase().includes(word.toLowerCase())
}
