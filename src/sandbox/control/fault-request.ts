import type { Fault, FaultRule } from '../core/faults.ts'
import { isPlatform } from '../core/platform.ts'
import { badControl, type ControlBody, type ControlProblem } from './control-request.ts'

/** Which type each part of a fault has; a part that is not listed is refused. */
const FAULT_PARTS: Readonly<Record<keyof Fault, (value: unknown) => boolean>> = {
  status: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  body: () => true,
  headers: isTextRecord,
  delayMs: (value) => typeof value === 'number' && value >= 0,
  reset: (value) => value === 'before' || value === 'after',
  truncate: (value) => typeof value === 'boolean' || (typeof value === 'number' && value >= 0),
}

/** Reads `{platform, match, times?, fault}`; `times` is 1 when not given. */
export function parseFaultRule(body: ControlBody): FaultRule | ControlProblem {
  const { platform, match = {}, times = 1, fault } = body
  if (!isPlatform(platform)) return badControl('platform must be "zendesk" or "klaviyo"')
  if (!isTextRecord(match)) return badControl('match must hold a method, a path or both')
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1) {
    return badControl('times must be a whole number from 1')
  }
  if (typeof fault !== 'object' || fault === null) return badControl('fault must be an object')
  const wrong = Object.entries(fault).find(([name, value]) => !isFaultPart(name, value))
  if (wrong !== undefined)
    return badControl(`fault.${wrong[0]} is not something that can go wrong so`)

  const { method, path } = match
  const asked = {
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  }
  return { platform, match: asked, times, fault: fault as Fault }
}

function isFaultPart(name: string, value: unknown): boolean {
  return Object.hasOwn(FAULT_PARTS, name) && FAULT_PARTS[name as keyof Fault](value)
}

function isTextRecord(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every((one) => typeof one === 'string')
}
