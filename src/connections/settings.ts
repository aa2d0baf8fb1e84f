import { z } from 'zod'

/**
 * `bridge.yaml`, the whole of a bridge as a file. Every unknown word is an error, because a
 * misspelt setting that is silently ignored is a setting that does not hold.
 */

/** Text that a database and a platform can hold. */
const line = (most: number) =>
  z
    .string()
    .max(most, `at most ${most} characters`)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'one line of text is needed')
const keyword = line(40)
  .transform((word) => word.trim().toUpperCase())
  .pipe(z.string().min(1, 'a word is needed'))
const keywords = z.array(keyword).max(200, 'at most 200 words')
const tag = line(100).regex(/^[^\s,"']+$/, 'a tag holds no spaces, commas or quotes')
const tags = z.array(tag).max(50, 'at most 50 tags')
const brand = line(255)

const route = z.strictObject({
  number: z
    .string()
    .transform((number) => number.replace(/[\s().-]/g, ''))
    .pipe(
      z.string().regex(/^(\+\d{7,15}|\d{3,8})$/, 'write it like "+14155550101", or a short code'),
    ),
  brand: brand.optional(),
  tags: tags.default([]),
})

const routes = z
  .array(route)
  .max(200, 'at most 200 numbers')
  .refine(
    (list) => new Set(list.map(({ number }) => number)).size === list.length,
    'each number may stand here once',
  )

const choices = {
  tickets: z
    .strictObject({
      brands: z.union([z.literal('all'), z.array(brand).min(1).max(300)]).default('all'),
      resolvedOn: z
        .literal('closed', 'only "closed" is carried out by this version')
        .default('closed'),
    })
    .prefault({}),
  sms: z
    .strictObject({
      enabled: z.boolean().default(true),
      brand: brand.optional(),
      routes: routes.default([]),
      tags: tags.default(['replyline']),
      keywords: z
        .strictObject({
          subscribe: keywords.default(['JOIN']),
          automation: keywords.default([]),
        })
        .prefault({}),
      keywordHoldSeconds: z.number().min(0).max(120).default(8),
    })
    .prefault({}),
  mirror: z
    .strictObject({
      campaigns: z.enum(['while_open', 'off']).default('off'),
      inboxReplies: z.boolean().default(false),
    })
    .prefault({}),
}

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use 1 to 40 lower-case letters, digits and dashes')

/** What an operator chooses of a bridge, whichever way its accounts were connected. */
export const settingsSchema = z.strictObject({ name, ...choices })

export const bridgeSchema = z.strictObject({
  name,
  zendesk: z.strictObject({
    url: z.string().min(1),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
  }),
  klaviyo: z.strictObject({ apiKey: z.string().min(1) }),
  ...choices,
})

export type BridgeFile = z.infer<typeof bridgeSchema>
/** What is kept of a bridge's file: everything but the credentials. */
export type BridgeSettings = z.infer<typeof settingsSchema>

/** Reads the settings that are kept with a bridge; what an older version did not know has its default. */
export function readBridgeSettings(kept: unknown): BridgeSettings {
  return settingsSchema.parse(kept)
}

/** Settings that are accepted, so that a file can be written today, but that this version does not carry out. */
export function notCarriedOut(file: BridgeSettings): readonly string[] {
  return [
    ...(file.mirror.campaigns === 'while_open'
      ? ['mirror.campaigns: campaign and flow texts are not yet mirrored to tickets']
      : []),
    ...(file.mirror.inboxReplies
      ? ['mirror.inboxReplies: replies from the Klaviyo Inbox are not yet mirrored to tickets']
      : []),
  ]
}
