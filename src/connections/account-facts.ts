import { z } from 'zod'

/** What was found in the accounts when the bridge was applied; kept with each connection. */
export const zendeskFactsSchema = z.object({
  brands: z.array(z.object({ id: z.string(), name: z.string(), isDefault: z.boolean() })),
  ticketFields: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      type: z.string(),
      options: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    }),
  ),
})
export type ZendeskFacts = z.infer<typeof zendeskFactsSchema>

export const klaviyoFactsSchema = z.object({ topics: z.array(z.string()) })
export type KlaviyoFacts = z.infer<typeof klaviyoFactsSchema>
