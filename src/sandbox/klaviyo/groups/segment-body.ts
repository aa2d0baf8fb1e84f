import { z } from 'zod'
import { conditionGroups } from '../conditions/condition-body.ts'

/** Read as it was given too, because it is shown so. */
const definition = z.looseObject({ condition_groups: z.unknown() }).transform((given, context) => {
  const parsed = conditionGroups.safeParse(given.condition_groups)
  if (parsed.success) return { given, groups: parsed.data }
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: 'custom', path: ['condition_groups', ...path], message })
  }
  return z.NEVER
})

/** The body of POST /api/segments. */
export const createSegmentBody = z.object({
  data: z.object({
    type: z.literal('segment'),
    attributes: z.object({
      name: z.string().min(1),
      definition,
      is_starred: z.boolean().nullish(),
    }),
  }),
})

/** The body of PATCH /api/segments/{id}. */
export const updateSegmentBody = z.object({
  data: z.object({
    type: z.literal('segment'),
    id: z.string(),
    attributes: z.object({
      name: z.string().min(1).nullish(),
      definition: definition.nullish(),
      is_starred: z.boolean().nullish(),
      is_active: z.boolean().nullish(),
    }),
  }),
})

export type SegmentChanges = z.infer<typeof updateSegmentBody>['data']['attributes']
