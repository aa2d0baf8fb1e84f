/** How deliveries misbehave from now on. The first four are probabilities from 0 to 1. */
export type WebhookBehaviour = {
  /** The same delivery twice, nearly at the same moment. */
  readonly duplicate: number
  /** A random extra wait, so that later deliveries overtake. */
  readonly reorder: number
  /** The delivery is never made. */
  readonly drop: number
  /** The delivery arrives with a spoilt signature. */
  readonly forge: number
  /** Sandbox milliseconds before each delivery. */
  readonly delayMs: number
}

export const NO_MISBEHAVIOUR: WebhookBehaviour = {
  duplicate: 0,
  reorder: 0,
  drop: 0,
  forge: 0,
  delayMs: 0,
}

export function chance(probability: number): boolean {
  return probability > 0 && Math.random() < probability
}

/**
 * Reads `{duplicate?, reorder?, drop?, forge?, delayMs?}`; `true` means always. What is not given
 * is off, so an empty object restores good manners. Answers in words what is wrong.
 */
export function parseWebhookBehaviour(given: Record<string, unknown>): WebhookBehaviour | string {
  const read: Record<string, number> = {}
  for (const name of ['duplicate', 'reorder', 'drop', 'forge']) {
    const value = toProbability(given[name])
    if (value === null) return `${name} must be true, false or a probability from 0 to 1`
    read[name] = value
  }
  const delayMs = given.delayMs ?? 0
  if (typeof delayMs !== 'number' || !(delayMs >= 0)) return 'delayMs must be a number from 0'
  return { ...NO_MISBEHAVIOUR, ...read, delayMs }
}

function toProbability(value: unknown): number | null {
  if (value === undefined || value === null) return 0
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null
}
