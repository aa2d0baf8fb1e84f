import { setTimeout as delay } from 'node:timers/promises'
import { isDatabaseTrouble } from '../db/pool.ts'
import type { Check, Lane } from './check.ts'
import type { Finding } from './finding.ts'
import { judgeUnusableDatabase } from './judge/health.ts'
import { type Judgement, unknown } from './judge/judgement.ts'

/** What is told while it runs: what is looked at now, and each finding as it comes. */
export type Progress =
  | {
      readonly kind: 'looking'
      readonly check: string
      readonly about: string
      /** In words. */
      readonly at: string
    }
  | { readonly kind: 'found'; readonly finding: Finding }

export type Tell = (progress: Progress) => void

/** Lanes side by side, each in its order. A check that throws or hangs is a finding, and hides no other. */
export async function runLanes(
  lanes: readonly Lane[],
  tell: Tell,
  checkTimeoutMs: number,
): Promise<void> {
  await Promise.all(
    lanes.map((lane) => runLane(lane, (check) => runCheck(check, tell, checkTimeoutMs), tell)),
  )
}

async function runLane(
  { gates, checks }: Lane,
  run: (check: Check) => Promise<readonly Judgement[]>,
  tell: Tell,
): Promise<void> {
  for (const [index, gate] of gates.entries()) {
    const judged = await run(gate)
    if (judged.every(({ state }) => state !== 'problem')) continue
    for (const check of [...gates.slice(index + 1), ...checks]) tell(found(check, skipped(check)))
    return
  }
  for (const check of checks) await run(check)
}

async function runCheck(
  check: Check,
  tell: Tell,
  timeoutMs: number,
): Promise<readonly Judgement[]> {
  tell({ kind: 'looking', check: check.name, about: check.about, at: check.looksAt })
  const judged = await inTime(check, timeoutMs)
  for (const judgement of judged) tell(found(check, judgement))
  return judged
}

/** An error's words are left out: they may quote what they are about. */
async function inTime(check: Check, timeoutMs: number): Promise<readonly Judgement[]> {
  const waiting = new AbortController()
  const tooLate = delay(timeoutMs, 'late' as const, { signal: waiting.signal })
  try {
    const judged = await Promise.race([check.ask(), tooLate])
    if (judged !== 'late') return judged
    return [unknown(`Looking at ${check.looksAt} took too long.`, 'Check again in a minute.')]
  } catch (error) {
    if (isDatabaseTrouble(error)) return [judgeUnusableDatabase()]
    const name = error instanceof Error ? error.name : 'no error'
    return [unknown(`Looking at ${check.looksAt} failed inside Replyline (${name}).`, REPORT)]
  } finally {
    tooLate.catch(() => undefined)
    waiting.abort()
  }
}

const REPORT = 'Check again. If it stays so, please report it.'

function skipped({ looksAt }: Check): Judgement {
  return unknown(`Not looked at, because of the problem above: ${looksAt}.`)
}

function found({ name, area, about }: Check, judgement: Judgement): Progress {
  return { kind: 'found', finding: { check: name, area, about, ...judgement } }
}
