import { z } from 'zod'
import type { ZendeskBrandId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import { itemsUnder, readList } from './pages.ts'
import type { ZendeskTransport } from './transport.ts'
import { neededId, optionalFlag, optionalText, textOrEmpty, toId } from './wire.ts'
import { userSchema, type ZendeskUser } from './zendesk-user.ts'

/** A brand. A deleted one counts as inactive: old tickets still name it. */
export type ZendeskBrand = {
  readonly id: ZendeskBrandId
  readonly name: string
  readonly subdomain: string | null
  readonly isActive: boolean
  /** Tickets made without a brand go to this one. */
  readonly isDefault: boolean
}

/** A ticket field, built in or custom. `options` only for kinds that have a list of choices. */
export type TicketField = {
  readonly id: string
  readonly title: string
  readonly type: string
  readonly options?: readonly { readonly name: string; readonly value: string }[]
}

/** What there is in an account. */
export type Account = {
  /**
   * Who the token acts as. Zendesk answers 200 "Anonymous user" to a caller it does not know
   * (seen); that is `unauthorised` here.
   * https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self
   */
  me(): Promise<Result<ZendeskUser, ApiProblem>>
  /** Every brand the identity may see, to the end. https://developer.zendesk.com/api-reference/ticketing/account-configuration/brands/ */
  brands(): Promise<Result<readonly ZendeskBrand[], ApiProblem>>
  /** Every ticket field, to the end. https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields/ */
  ticketFields(): Promise<Result<readonly TicketField[], ApiProblem>>
}

/** Binds the account calls to one account. */
export function createAccount(transport: ZendeskTransport): Account {
  return {
    async me() {
      const answer = await transport.send({ method: 'GET', path: '/api/v2/users/me' })
      if (!answer.ok) return answer
      const who = readAnswer(whoSchema, answer.value)
      if (!who.ok) return who
      if (toId(who.value.user.id) === null) return err(ANONYMOUS)
      const me = readAnswer(meSchema, answer.value)
      return me.ok ? ok(me.value.user) : me
    },

    brands: () =>
      readList(transport, { path: '/api/v2/brands', toItems: itemsUnder('brands', brandSchema) }),

    ticketFields: () =>
      readList(transport, {
        path: '/api/v2/ticket_fields',
        toItems: itemsUnder('ticket_fields', fieldSchema),
      }),
  }
}

const ANONYMOUS: ApiProblem = {
  kind: 'unauthorised',
  touched: 'no',
  detail: 'Zendesk answered, but does not know who is calling',
}

const whoSchema = z.looseObject({ user: z.looseObject({ id: z.unknown().optional() }) })
const meSchema = z.looseObject({ user: userSchema })

const brandSchema = z
  .looseObject({
    id: neededId<ZendeskBrandId>(),
    name: textOrEmpty,
    subdomain: optionalText,
    active: optionalFlag,
    is_deleted: optionalFlag,
    default: optionalFlag,
  })
  .transform(
    (wire): ZendeskBrand => ({
      id: wire.id,
      name: wire.name,
      subdomain: wire.subdomain,
      isActive: wire.active !== false && wire.is_deleted !== true,
      isDefault: wire.default ?? false,
    }),
  )

const optionsSchema = z
  .array(z.looseObject({ name: textOrEmpty, value: textOrEmpty }))
  .optional()
  .catch(undefined)

const fieldSchema = z
  .looseObject({
    id: neededId(),
    title: textOrEmpty,
    type: textOrEmpty,
    custom_field_options: optionsSchema,
    system_field_options: optionsSchema,
  })
  .transform(({ id, title, type, ...wire }): TicketField => {
    const options = wire.custom_field_options ?? wire.system_field_options
    if (options === undefined) return { id, title, type }
    return { id, title, type, options: options.map(({ name, value }) => ({ name, value })) }
  })
