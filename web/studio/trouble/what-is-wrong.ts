import type { Troubles } from '../api/host.ts'
import type { Doubt } from '../api/world.ts'

export function isChanged(doubt: Doubt): boolean {
  return doubt.value !== doubt.default
}

/** How many things go wrong now: faults, webhooks of a platform, limits that are off, grants that miss. */
export function countFaults({ isLimited, faults, webhooks, grants }: Troubles): number {
  const spoilt = Object.values(webhooks).filter((manners) =>
    Object.values(manners).some((value) => value > 0),
  )
  const missing = grants.flatMap((one) => [one.conversations, one.webhooks]).filter((has) => !has)
  return faults.length + spoilt.length + missing.length + (isLimited ? 0 : 1)
}

/** "2 faults on, 1 switch changed"; null when all is as it was at first. */
export function wrongInWords(troubles: Troubles, doubts: readonly Doubt[]): string | null {
  const words = [
    counted(countFaults(troubles), 'fault on', 'faults on'),
    counted(doubts.filter(isChanged).length, 'switch changed', 'switches changed'),
  ].filter((part) => part !== null)
  return words.length === 0 ? null : words.join(', ')
}

function counted(count: number, one: string, more: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : more}`
}
