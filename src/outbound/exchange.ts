import type { Dispatcher } from 'undici'
import { err, ok, type Result } from '../kernel/result.ts'
import { decodeAnswer } from './decode-answer.ts'
import { asError, describeError } from './describe-error.ts'
import { type AnswerHeaders, type HttpAnswer, toAnswerHeaders } from './http-answer.ts'
import type { Unreachable } from './unreachable.ts'

/**
 * One request and its answer over undici's dispatch interface.
 *
 * The low-level interface is used for one fact: `onRequestStart` fires immediately before the
 * first byte is written. An end before it left the outside world untouched, whatever the error is
 * called; an end after it may not have. A request that times out while it waits for a connection
 * is aborted at that same moment, so a request reported as "never left" never leaves later.
 */
export type Exchange = {
  readonly origin: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** From the call to the last byte of the answer, waiting for a free connection included. */
  readonly totalTimeoutMs: number
  /** Counted before and after decoding. */
  readonly maxAnswerBytes: number
}

/** Never throws and never waits longer than `totalTimeoutMs`. Any status is an answer. */
export async function performExchange(
  dispatcher: Dispatcher,
  exchange: Exchange,
): Promise<Result<HttpAnswer, Unreachable>> {
  const raw = await receive(dispatcher, exchange)
  if (!raw.ok) return raw

  const text = await decodeAnswer(raw.value, exchange.maxAnswerBytes)
  if (!text.ok) return text
  return ok({ status: raw.value.status, headers: raw.value.headers, text: text.value })
}

type RawAnswer = {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly bytes: Buffer
}

function receive(
  dispatcher: Dispatcher,
  exchange: Exchange,
): Promise<Result<RawAnswer, Unreachable>> {
  return new Promise((resolve) => {
    const listener = createListener(exchange, resolve)
    try {
      dispatcher.dispatch(dispatchOptions(exchange), listener)
    } catch (cause) {
      listener.onResponseError(null, asError(cause))
    }
  })
}

function dispatchOptions(exchange: Exchange): Dispatcher.DispatchOptions {
  return {
    origin: exchange.origin,
    path: exchange.path,
    method: exchange.method,
    headers: { ...exchange.headers },
    body: exchange.body,
    headersTimeout: exchange.totalTimeoutMs,
    bodyTimeout: exchange.totalTimeoutMs,
  }
}

/** Gathers the answer and settles exactly once. */
function createListener(
  exchange: Exchange,
  resolve: (outcome: Result<RawAnswer, Unreachable>) => void,
) {
  const chunks: Buffer[] = []
  let head: { status: number; headers: AnswerHeaders } | null = null
  let receivedBytes = 0
  let running: Dispatcher.DispatchController | null = null
  let endedEarly: Error | null = null

  const timer = setTimeout(
    () => stop(new Error(`no whole answer within ${exchange.totalTimeoutMs} ms`)),
    exchange.totalTimeoutMs,
  )

  function settle(outcome: Result<RawAnswer, Unreachable>): void {
    clearTimeout(timer)
    resolve(outcome)
  }

  function fail(error: Error): void {
    const touched = running === null ? 'no' : 'maybe'
    settle(err({ kind: 'unreachable', touched, detail: describeError(error) }))
  }

  function stop(error: Error): void {
    endedEarly = error
    fail(error)
    running?.abort(error)
  }

  return {
    onRequestStart(controller: Dispatcher.DispatchController) {
      if (endedEarly !== null) return controller.abort(endedEarly)
      running = controller
    },
    onResponseStart(
      _controller: Dispatcher.DispatchController,
      status: number,
      headers: Readonly<Record<string, string | string[] | undefined>>,
    ) {
      head = { status, headers: toAnswerHeaders(headers) }
    },
    onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer) {
      receivedBytes += chunk.length
      if (receivedBytes > exchange.maxAnswerBytes) return stop(tooLarge(exchange.maxAnswerBytes))
      chunks.push(chunk)
    },
    onResponseEnd() {
      if (head !== null) settle(ok({ ...head, bytes: Buffer.concat(chunks) }))
    },
    onResponseError(_controller: Dispatcher.DispatchController | null, error: Error) {
      fail(error)
    },
  }
}

function tooLarge(maxBytes: number): Error {
  return new Error(`the answer is larger than ${maxBytes} bytes`)
}
