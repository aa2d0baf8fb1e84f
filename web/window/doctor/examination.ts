import { useSyncExternalStore } from 'react'
import { answerOf, client } from '../api/client.ts'
import { hasStatus, RequestProblem } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import type { components } from '../api/schema.d.ts'
import { SESSION_KEY } from '../api/session.ts'
import { readLines } from './read-lines.ts'

export type Finding = components['schemas']['Finding']
type Progress = components['schemas']['DoctorProgress']
type Looking = Extract<Progress, { kind: 'looking' }>

/** One look at everything, while it runs and afterwards. */
export type Examination = {
  readonly state: 'none' | 'running' | 'done' | 'failed'
  readonly findings: readonly Finding[]
  /** What is being looked at just now; several things at once. */
  readonly lookingAt: readonly Looking[]
  /** When it ended, by the service's clock. */
  readonly endedAt: string | null
  readonly error: unknown
}

const NONE: Examination = {
  ...{ state: 'none', findings: [], lookingAt: [], endedAt: null, error: null },
}

/*
 * Kept beside the pages: an examination calls both platforms, so what it found stays until somebody asks
 * for another, and is not renewed with every change as other answers are.
 */
let examination = NONE
const listeners = new Set<() => void>()

/** The latest examination; begins the first one when there is none. */
export function useExamination(): Examination {
  return useSyncExternalStore(listen, () => examination)
}

function listen(onChange: () => void): () => void {
  listeners.add(onChange)
  if (examination.state === 'none') void examine()
  return () => listeners.delete(onChange)
}

/** Looks at everything anew; nothing when that is under way already. */
export async function examine(): Promise<void> {
  if (examination.state === 'running') return
  change({ ...NONE, state: 'running' })
  try {
    const body = await answerOf(client.POST('/api/doctor', { parseAs: 'stream' }))
    const isWhole = body !== null && (await takeAll(body))
    if (!isWhole) change({ ...FAILED, error: NOT_WHOLE })
  } catch (error) {
    change({ ...FAILED, error: error instanceof RequestProblem ? error : NOT_WHOLE })
    if (hasStatus(error, 401)) void queryClient.invalidateQueries({ queryKey: SESSION_KEY })
  }
}

const FAILED = { state: 'failed', lookingAt: [] } as const
const NOT_WHOLE = new RequestProblem(
  0,
  'Replyline did not answer, or stopped before it had looked at everything. See that it runs, then ask again.',
)

/** True when the last line came. */
async function takeAll(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<boolean> {
  for await (const line of readLines(body)) {
    const progress = line as Progress
    change(changeBy(progress))
    if (progress.kind === 'done') return true
  }
  return false
}

function changeBy(progress: Progress): Partial<Examination> {
  switch (progress.kind) {
    case 'looking':
      return { lookingAt: [...examination.lookingAt, progress] }
    case 'found':
      return {
        findings: [...examination.findings, progress.finding],
        lookingAt: examination.lookingAt.filter((one) => !isOf(one, progress.finding)),
      }
    case 'done':
      return { state: 'done', lookingAt: [], endedAt: progress.at }
  }
}

function isOf({ check, about }: Looking, finding: Finding): boolean {
  return check === finding.check && about === finding.about
}

function change(next: Partial<Examination>): void {
  examination = { ...examination, ...next }
  for (const listener of listeners) listener()
}
