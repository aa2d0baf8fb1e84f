import { z } from 'zod'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import type { KlaviyoTransport } from './transport.ts'
import { optionalText } from './wire.ts'

/** A Klaviyo account. `id` is its public id; `timezone` an IANA name. */
export type KlaviyoAccount = {
  readonly id: string
  readonly name: string | null
  readonly timezone: string | null
}

/** The account behind one credential. */
export type Accounts = {
  /**
   * The account the key or token belongs to: the cheapest proof that it works. Once a second.
   * https://developers.klaviyo.com/en/reference/get_accounts
   */
  account(): Promise<Result<KlaviyoAccount, ApiProblem>>
}

/** Binds the account call to one credential. Needs `accounts:read`. */
export function createAccounts(transport: KlaviyoTransport): Accounts {
  return {
    async account() {
      const operation = 'get_accounts'
      const answer = await transport.send({ method: 'GET', path: '/api/accounts', operation })
      if (!answer.ok) return answer
      const read = readAnswer(
        z.looseObject({ data: z.tuple([accountSchema], z.unknown()) }),
        answer.value,
      )
      return read.ok ? ok(read.value.data[0]) : read
    },
  }
}

const accountSchema = z
  .looseObject({
    id: z.string().min(1),
    attributes: z.looseObject({
      timezone: optionalText,
      contact_information: z
        .looseObject({ organization_name: optionalText })
        .catch({ organization_name: null }),
    }),
  })
  .transform(
    ({ id, attributes }): KlaviyoAccount => ({
      id,
      name: attributes.contact_information.organization_name,
      timezone: attributes.timezone,
    }),
  )
