/**
 * What all of them give, or the first error in their order, but never before each of them has ended.
 * For statements of one transaction that are sent together: one still under way when the transaction is
 * rolled back would be carried out behind it, on its own.
 */
export async function allEnded<Values extends readonly unknown[]>(
  work: readonly [...Values],
): Promise<{ -readonly [At in keyof Values]: Awaited<Values[At]> }> {
  const ends = await Promise.allSettled(work)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return Promise.all(work)
}
