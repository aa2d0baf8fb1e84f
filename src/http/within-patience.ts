/**
 * How long a database that neither answers nor refuses may keep a request waiting. Klaviyo gives up
 * after five seconds; answered before, a sender knows when to come again.
 */
const PATIENCE_MS = 4_200

/** What `work` gives, or an error when it takes too long. The work itself goes on; its end is ignored. */
export function withinPatience<T>(work: Promise<T>): Promise<T> {
  return sharedPatience()(work)
}

/** The same for what one request asks of the database in turn: all of it together may take so long. */
export function sharedPatience(): <T>(work: Promise<T>) => Promise<T> {
  let leftMs = PATIENCE_MS
  return async (work) => {
    const startedAt = performance.now()
    try {
      return await within(leftMs, work)
    } finally {
      leftMs = Math.max(0, leftMs - (performance.now() - startedAt))
    }
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error(`the database did not answer within ${PATIENCE_MS} ms`))
    const timer = setTimeout(tooLate, ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
