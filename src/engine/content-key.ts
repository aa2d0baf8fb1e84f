import { createHash } from 'node:crypto'

/** What identifies an event that names no id: its content, so that one sent again is known again. */
export function contentKey(raw: unknown): string {
  const text = JSON.stringify(raw) ?? ''
  return `content:${createHash('sha256').update(text).digest('hex')}`
}
