import type { Account } from '../entities.ts'
import type { Answer } from './errors.ts'
import type { OperationId } from './operations.ts'

/** A request that has passed authorisation and limits. */
export type Call = {
  readonly account: Account
  readonly url: URL
  /** The `{id}` of the path; empty where there is none. */
  readonly id: string
  /** The parsed body of a POST or PATCH. */
  readonly body: unknown
}

export type Route = (call: Call) => Answer

export type Routes = Partial<Record<OperationId, Route>>
