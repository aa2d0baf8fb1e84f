import { setTimeout as delay } from 'node:timers/promises'

/**
 * How long a database that neither answers nor refuses may keep a request waiting. Klaviyo gives up
 * after five seconds; answered before, a sender knows when to come again.
 */
const PATIENCE_MS = 4_200

/** What `work` gives, or an error when it takes too long. The work itself goes on; its end is ignored. */
export async function withinPatience<T>(work: Promise<T>): Promise<T> {
  const patience = new AbortController()
  const tooLate = delay(PATIENCE_MS, null, { signal: patience.signal }).then(() => {
    throw new Error(`the database did not answer within ${PATIENCE_MS} ms`)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    tooLate.catch(() => undefined)
    patience.abort()
  }
}
