import { z } from 'zod'
import { parsePhoneNumber } from '../texts/phone-numbers.ts'
import { type Answer, refuseInvalid } from './errors.ts'

/** Reads a body, or answers 400 with a JSON pointer for each complaint. */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: unknown,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer } {
  const parsed = schema.safeParse(body)
  if (parsed.success) return { ok: true, value: parsed.data }
  const complaints = parsed.error.issues.map(({ message, path }) => ({
    detail: message,
    source: { pointer: `/${path.map(String).join('/')}` },
  }))
  return { ok: false, answer: refuseInvalid(...complaints) }
}

/** `{type, id}` of a related resource. */
export function reference<T extends string>(type: T) {
  return z.object({ type: z.literal(type), id: z.string().min(1) })
}

const text = z.string().nullish()

/** Klaviyo takes numbers in E.164 only and answers 400 to others. */
export const phoneNumber = z
  .string()
  .refine((given) => parsePhoneNumber(given) !== null, 'Invalid phone number format.')
  .nullish()

/** An address, roughly; null clears it. */
export const email = z
  .string()
  .regex(/^[^@\s]+@[^@\s]+$/, 'Invalid email address')
  .nullish()

const changes = z.record(z.string(), z.unknown()).nullish()

export const profileMeta = z.object({
  patch_properties: z
    .object({
      append: changes,
      unappend: changes,
      unset: z.union([z.string(), z.array(z.string())]).optional(),
    })
    .nullish(),
  patch_identifiers: z.unknown().optional(),
})

/** The attributes of a profile that callers may write; null clears one. */
export const profileAttributes = z.object({
  email,
  phone_number: phoneNumber,
  external_id: text,
  anonymous_id: text,
  /** The cookie of a visitor; the sandbox knows no visitors. */
  _kx: text,
  first_name: text,
  last_name: text,
  organization: text,
  locale: text,
  title: text,
  image: text,
  location: z.record(z.string(), z.unknown()).nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  /** Beside the others only where an event names its profile. */
  meta: profileMeta.nullish(),
})

export type ProfileAttributes = z.infer<typeof profileAttributes>
export type ProfileMeta = z.infer<typeof profileMeta>

/** What of a profile as it was given the sandbox does not know, in words; null when it knows all. */
export function notEmulatedInProfile(
  attributes: ProfileAttributes,
  meta: ProfileMeta | null | undefined,
): string | null {
  if (attributes._kx) return 'profiles by _kx'
  return meta?.patch_identifiers ? 'patch_identifiers' : null
}
