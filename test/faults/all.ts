import { f01 } from './f01-kills.ts'
import { f02 } from './f02-named-points.ts'
import { f03 } from './f03-rolling-restarts.ts'
import { f04 } from './f04-postgres.ts'
import { f06 } from './f06-slow-down.ts'
import { f07 } from './f07-outages.ts'
import { f08 } from './f08-answers.ts'
import { f10 } from './f10-webhooks.ts'
import type { Fault } from './fault.ts'

/** The whole programme, in the order of its table. */
export const FAULTS: readonly Fault[] = [f01, f02, f03, f04, f06, f07, f08, f10].flat()
