/** One HTTP request to a receiver and what came of it. */
export type AttemptOutcome = {
  readonly attempt: number
  /** Sandbox clock, milliseconds. */
  readonly startedAt: number
  readonly endedAt: number
  /** null: nothing was answered. */
  readonly status: number | null
  readonly failure: 'timeout' | 'unreachable' | null
  readonly requestHeaders: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: string
}

type Attempt = {
  readonly endpoint: string
  readonly body: string
  readonly headers: Record<string, string>
  readonly number: number
  now(): number
}

const TIMEOUT_MS = 10_000
const KEPT_OF_THE_ANSWER = 4_000

/** Posts once. Never throws: a receiver that cannot be reached is an outcome. */
export async function attemptDelivery(attempt: Attempt): Promise<AttemptOutcome> {
  const startedAt = attempt.now()
  const answer = await post(attempt)
  return {
    attempt: attempt.number,
    startedAt,
    endedAt: attempt.now(),
    requestHeaders: attempt.headers,
    ...answer,
  }
}

async function post({ endpoint, body, headers }: Attempt) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(endpoint, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    })
    const text = await response.text()
    return {
      status: response.status,
      failure: null,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text.slice(0, KEPT_OF_THE_ANSWER),
    }
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    const failure = isTimeout ? ('timeout' as const) : ('unreachable' as const)
    return { status: null, failure, responseHeaders: {}, responseBody: '' }
  }
}
