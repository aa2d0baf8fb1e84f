import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sharedPatience, withinPatience } from './within-patience.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const lasting = (ms: number) => new Promise<string>((done) => setTimeout(() => done('done'), ms))
const ended = (work: Promise<string>) => work.catch((error: Error) => error.message)

async function within(ms: number, work: Promise<string>): Promise<string> {
  let said = 'nothing yet'
  void ended(work).then((text) => {
    said = text
  })
  await vi.advanceTimersByTimeAsync(ms)
  return said
}

describe('the patience with a database', () => {
  it('gives what came in time', async () => {
    expect(await within(4_100, withinPatience(lasting(4_100)))).toBe('done')
  })

  it('ends before Klaviyo gives up', async () => {
    expect(await within(4_300, withinPatience(lasting(60_000)))).toMatch(/did not answer/)
  })

  it('is one for all that a request asks in turn', async () => {
    const patience = sharedPatience()
    expect(await within(3_000, patience(lasting(3_000)))).toBe('done')
    expect(await within(1_300, patience(lasting(3_000)))).toMatch(/did not answer/)
    expect(await within(1, patience(lasting(1_000)))).toMatch(/did not answer/)
  })
})
