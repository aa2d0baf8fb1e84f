import { type Instant, toIso } from '../kernel/instant.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** A moment as a person writes it: `90m`, `2h`, `3d` ago, or ISO 8601. Null when it is neither. */
export function readSince(written: string, now: Instant): string | null {
  const ago = /^(\d{1,6})([smhd])$/.exec(written)
  if (ago !== null) {
    const seconds = Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0)
    return toIso((now - seconds * 1_000) as Instant)
  }
  const isWhole =
    /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(written)
  const at = isWhole ? Date.parse(written) : Number.NaN
  return Number.isNaN(at) ? null : toIso(at as Instant)
}
