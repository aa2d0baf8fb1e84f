import { z } from 'zod'

const storedSchema = z.looseObject({
  payload: z.looseObject({
    data: z.looseObject({
      attributes: z.looseObject({ event_properties: z.record(z.string(), z.unknown()) }),
    }),
  }),
})

/** The names of the properties of an event as stored, in their order; its values stay behind. */
export function propertyNames(stored: unknown): readonly string[] {
  const parsed = storedSchema.safeParse(stored)
  return parsed.success ? Object.keys(parsed.data.payload.data.attributes.event_properties) : []
}
