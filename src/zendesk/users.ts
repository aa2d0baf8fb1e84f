import { z } from 'zod'
import type { ZendeskUserId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { type JsonAnswer, readAnswer } from '../outbound/read-answer.ts'
import { itemsUnder } from './pages.ts'
import type { ZendeskTransport } from './transport.ts'
import { userSchema, type ZendeskUser } from './zendesk-user.ts'

/** An end user to create. `phone` is E.164 and becomes a direct line, that is, an identity. */
export type UserDraft = {
  readonly name: string
  readonly phone: string | null
  readonly email?: string
  readonly externalId: string
}

/** https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export type Users = {
  /** Creates an end user; no mail is sent to them. Not idempotent: see `isDuplicateUser`. */
  create(draft: UserDraft): Promise<Result<ZendeskUser, ApiProblem>>
  /** The user with exactly this external id (case included), without search's lag. */
  findByExternalId(externalId: string): Promise<Result<ZendeskUser | null, ApiProblem>>
  /**
   * Users whose phone matches, by search: up to minutes behind, and Zendesk may match loosely, so
   * compare the numbers. The query's form is second-hand, from other integrations.
   */
  searchByPhone(e164: string): Promise<Result<readonly ZendeskUser[], ApiProblem>>
  /** Users with this e-mail address, secondary ones included, by search: up to minutes behind. */
  searchByEmail(email: string): Promise<Result<readonly ZendeskUser[], ApiProblem>>
  show(id: ZendeskUserId): Promise<Result<ZendeskUser, ApiProblem>>
}

/** Binds the user calls to one account. */
export function createUsers(transport: ZendeskTransport): Users {
  async function search(query: string): Promise<Result<readonly ZendeskUser[], ApiProblem>> {
    const answer = await transport.send({
      method: 'GET',
      path: '/api/v2/users/search',
      query: { query },
    })
    return answer.ok ? readUsers(answer.value) : answer
  }

  return {
    async create(draft) {
      const body = { user: toWireUser(draft) }
      return readUser(await transport.send({ method: 'POST', path: '/api/v2/users', body }))
    },

    async findByExternalId(externalId) {
      const answer = await transport.send({
        method: 'GET',
        path: '/api/v2/users/show_many',
        query: { external_ids: externalId },
      })
      if (!answer.ok) return answer
      const users = readUsers(answer.value)
      return users.ok
        ? ok(users.value.find((user) => user.externalId === externalId) ?? null)
        : users
    },

    searchByPhone: (e164) => search(`phone:${e164}`),

    async searchByEmail(email) {
      return isSearchable(email) ? search(`email:${email}`) : ok([])
    },

    async show(id) {
      return readUser(await transport.send({ method: 'GET', path: `/api/v2/users/${id}` }))
    },
  }
}

const readUsers = itemsUnder('users', userSchema)
const oneUserSchema = z.looseObject({ user: userSchema })

function readUser(answer: Result<JsonAnswer, ApiProblem>): Result<ZendeskUser, ApiProblem> {
  if (!answer.ok) return answer
  const read = readAnswer(oneUserSchema, answer.value)
  return read.ok ? ok(read.value.user) : read
}

function toWireUser(draft: UserDraft): unknown {
  return {
    name: draft.name,
    email: draft.email,
    phone: draft.phone ?? undefined,
    role: 'end-user',
    skip_verify_email: true,
    external_id: draft.externalId,
    identities: draft.phone === null ? undefined : [{ type: 'phone_number', value: draft.phone }],
  }
}

/** An address with space or quotes would change the meaning of the search. */
function isSearchable(email: string): boolean {
  return /^[^\s"'*]+@[^\s"'*]+$/.test(email)
}
