import type { Troubles } from '../api/host.ts'
import type { AskedFault } from '../api/trouble-deeds.ts'

type Preset = { readonly label: string; readonly fault: AskedFault['fault'] }

/** What a platform can be made to do instead of answering well. Replyline waits 25 seconds for an answer. */
export const PRESETS = {
  down: { label: 'is down: 503', fault: { status: 503, body: { error: 'ServiceUnavailable' } } },
  limited: {
    label: 'says too many: 429, again in 5 s',
    fault: { status: 429, headers: { 'retry-after': '5' }, body: { error: 'TooManyRequests' } },
  },
  slow: { label: 'is slow: 5 s', fault: { delayMs: 5_000 } },
  silent: { label: 'does not answer for 30 s', fault: { delayMs: 30_000 } },
  reset_before: { label: 'hangs up, nothing done', fault: { reset: 'before' } },
  reset_after: { label: 'does it, then hangs up', fault: { reset: 'after' } },
  truncate: { label: 'sends half an answer', fault: { truncate: true } },
} as const satisfies Readonly<Record<string, Preset>>

export type PresetName = keyof typeof PRESETS

/** What an active fault does, in the words of the choices where it is one of them. */
export function faultInWords({ fault }: Troubles['faults'][number]): string {
  const known = Object.values(PRESETS).find((preset) => isSame(preset.fault, fault))
  return known?.label ?? `misbehaves: ${JSON.stringify(fault)}`
}

/** Both come from JSON, with their parts in the order in which they were written. */
function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
