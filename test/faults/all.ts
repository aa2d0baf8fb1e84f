import { f01 } from './f01-kills.ts'
import { f02 } from './f02-named-points.ts'
import { f03 } from './f03-rolling-restarts.ts'
import { f04 } from './f04-postgres.ts'
import { f05 } from './f05-full-disk.ts'
import { f06 } from './f06-slow-down.ts'
import { f07 } from './f07-outages.ts'
import { f08 } from './f08-answers.ts'
import { f09 } from './f09-refusals.ts'
import { f10 } from './f10-webhooks.ts'
import { f11 } from './f11-clocks.ts'
import { f12 } from './f12-poison.ts'
import { f16 } from './f16-tokens.ts'
import { f17 } from './f17-feeds.ts'
import { f18 } from './f18-neighbours.ts'
import type { Fault } from './fault.ts'

/** The whole programme, in the order of its table. */
export const FAULTS: readonly Fault[] = [
  ...[f01, f02, f03, f04, f05, f06, f07, f08],
  ...[f09, f10, f11, f12, f16, f17, f18],
].flat()
