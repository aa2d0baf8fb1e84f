import { randomBytes } from 'node:crypto'

/** Crockford's base 32, as ULIDs use it. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Numbers that only grow, in uneven steps like Zendesk's own. The same start gives the same ids. */
export function createNumericIds(start: number): () => number {
  let last = start
  let step = 0
  return () => {
    step = (step * 31 + 17) % 97
    last += 1 + step
    return last
  }
}

/** A 26-character ULID whose first ten characters are the time `at`. */
export function ulid(at: number): string {
  let time = ''
  let rest = at
  for (let place = 0; place < 10; place += 1) {
    time = (ALPHABET[rest % 32] ?? '0') + time
    rest = Math.floor(rest / 32)
  }
  return time + base32Id(16)
}

/** Random characters of the alphabet. */
function base32Id(length: number): string {
  return [...randomBytes(length)].map((byte) => ALPHABET[byte % 32]).join('')
}
