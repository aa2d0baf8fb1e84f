import { randomUUID } from 'node:crypto'
import { type Problem, rateLimited } from '../api/errors.ts'
import { toWireTime } from '../api/wire.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Job } from '../store.ts'

const MOST_IN_FLIGHT = 30
/** What the recorded header says of the bucket, however soon a place may be free. */
const RESETS_S = 60

/** Why no further job is taken, or null. Ask before doing a job's work: a refused job does nothing. */
export function refusesJob({ store, world }: ZendeskParts): Problem | null {
  const now = world.clock.now()
  const inFlight = [...store.jobs.values()].filter(({ endsAt }) => endsAt > now).length
  if (inFlight < MOST_IN_FLIGHT) return null
  const { status, kind, headers } = rateLimited(RESETS_S, '')
  const body = { error: 'TooManyJobs', description: 'Too many jobs are queued or running' }
  const bucket = `total=${MOST_IN_FLIGHT}; remaining=0; resets=${RESETS_S}`
  return { status, kind, body, headers: { ...headers, 'zendesk-ratelimit-inflight-jobs': bucket } }
}

/** The work is done already; the job is a while in saying so, as `job_takes_ms` has it. */
export function startJob(parts: ZendeskParts, type: string, results: Job['results']): Job {
  const { store, world, doubts } = parts
  const startedAt = world.clock.now()
  const endsAt = startedAt + doubts.jobTakesMs()
  const id = `V3-${randomUUID().replaceAll('-', '')}`
  const job = { id, type, total: results.length, results, startedAt, endsAt }
  store.jobs.set(id, job)
  return job
}

/** As the call that starts a job answers it: always queued. */
export function presentNewJob({ present }: ZendeskParts, job: Job) {
  return { ...head(job, present.urlOf), status: 'queued', progress: null, ...NOTHING_YET }
}

/** As it stands now: queued for half of its time, working, then completed, or failed for all. */
export function presentJob({ present, world }: ZendeskParts, job: Job) {
  const { startedAt, endsAt, total, results } = job
  const now = world.clock.now()
  const about = head(job, present.urlOf)
  if (now < (startedAt + endsAt) / 2) {
    return { ...about, status: 'queued', progress: null, ...NOTHING_YET }
  }
  if (now < endsAt) return { ...about, status: 'working', progress: 0, ...NOTHING_YET }
  const at = toWireTime(endsAt).replace('T', ' ').replace('Z', ' +0000')
  // Seen [V2]: https://github.com/cloudbees-oss/zendesk-java-client/issues/98
  const failed = results.every((result) => 'error' in result)
  if (failed)
    return { ...about, status: 'failed', progress: 0, message: `Failed at ${at}`, results }
  return { ...about, status: 'completed', progress: total, message: `Completed at ${at}`, results }
}

const NOTHING_YET = { message: null, results: null }

function head({ id, type, total }: Job, urlOf: (path: string) => string) {
  return { id, job_type: type, url: urlOf(`job_statuses/${id}`), total }
}
