/**
 * How long a database that neither answers nor refuses may keep a request waiting. Klaviyo gives up
 * after five seconds; answered before, a sender knows when to come again.
 */
const PATIENCE_MS = 4_200

/** What `work` gives, or an error when it takes too long. The work itself goes on; its end is ignored. */
export function withinPatience<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error(`the database did not answer within ${PATIENCE_MS} ms`))
    const timer = setTimeout(tooLate, PATIENCE_MS)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
