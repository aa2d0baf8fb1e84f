import { err, ok, type Result } from '../kernel/result.ts'

/** Deeper than any event of either platform, shallow enough for every reader behind this one. */
const MAX_DEPTH = 100

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** Reads a JSON object. Anything else, `null` included, or nesting beyond a hundred levels, is a problem in words. */
export function parseJsonObject(text: string): Result<object, string> {
  if (depthExceeds(text, MAX_DEPTH))
    return err(`the body is nested more than ${MAX_DEPTH} levels deep`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('the body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return err('the body is not a JSON object')
  return ok(value)
}

/** Counts brackets outside of strings, without parsing: a hostile body must not cost a stack. */
function depthExceeds(text: string, limit: number): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = endOfString(text, index)
    else if (OPENING.has(code)) depth += 1
    else if (CLOSING.has(code)) depth -= 1
    if (depth > limit) return true
  }
  return false
}

/** Where the string that begins at `start` ends; the end of the text when it never does. */
function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text.charCodeAt(index) !== QUOTE) {
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1
  }
  return index
}
