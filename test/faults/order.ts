/** When a key first came to a webhook, and when it was first answered with 2xx. */
export type Arrival = {
  readonly firstAt: number
  readonly ackedAt: number | null
  /** The delivery that brought it first, and its place therein. */
  readonly delivery: number
  readonly place: number
}

/**
 * Neighbours that stand the wrong way round although nothing excuses it: the later one had not come when the
 * earlier one was acknowledged, or both came in one delivery, in order.
 */
export function inversions(
  seen: readonly string[],
  written: readonly string[],
  arrivals: ReadonlyMap<string, Arrival>,
): readonly string[] {
  const place = new Map(written.map((key, index) => [key, index]))
  const order = seen.filter((key, index) => place.has(key) && seen.indexOf(key) === index)
  return order.flatMap((late, index) =>
    order
      .slice(index + 1)
      .filter((early) => (place.get(early) ?? 0) < (place.get(late) ?? 0))
      .filter((early) => !isExcused(arrivals.get(early), arrivals.get(late)))
      .map((early) => `${late} stands before ${early}`),
  )
}

function isExcused(early: Arrival | undefined, late: Arrival | undefined): boolean {
  if (late === undefined) return false
  if (early === undefined || early.ackedAt === null) return true
  if (early.delivery === late.delivery) return early.place > late.place
  return late.firstAt <= early.ackedAt
}
