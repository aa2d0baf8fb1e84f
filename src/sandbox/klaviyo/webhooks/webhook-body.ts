import { z } from 'zod'
import { reference } from '../api/body.ts'

/** "The secret key must be at least 16 characters" [V3]. */
const secretKey = z.string().min(16, 'The secret key must be at least 16 characters.')

/** https only; the sandbox also lets http through to loopback, where receivers are tried out. */
const endpointUrl = z.string().refine(isAllowedEndpoint, 'The endpoint must be an https URL.')

const topics = z.object({
  'webhook-topics': z.object({ data: z.array(reference('webhook-topic')) }),
})

export const createWebhookBody = z.object({
  data: z.object({
    type: z.literal('webhook'),
    attributes: z.object({
      name: z.string().min(1),
      description: z.string().nullish(),
      endpoint_url: endpointUrl,
      secret_key: secretKey,
    }),
    relationships: topics,
  }),
})

export const updateWebhookBody = z.object({
  data: z.object({
    type: z.literal('webhook'),
    id: z.string(),
    attributes: z.object({
      name: z.string().min(1).nullish(),
      description: z.string().nullish(),
      endpoint_url: endpointUrl.nullish(),
      secret_key: secretKey.nullish(),
      enabled: z.boolean().nullish(),
    }),
    relationships: topics.optional(),
  }),
})

/** https, or http to loopback. */
export function isAllowedEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback)
}
