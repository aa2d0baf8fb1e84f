import type { ServiceState } from '../../../src/sandbox/studio/host.ts'

export type {
  Agent,
  BrandNumber,
  Cast,
  MacroOffer,
  Person,
} from '../../../src/sandbox/studio/cast.ts'
export type {
  Decision,
  Decisions,
  ServiceState,
  StepOutcome,
  Story,
  StoryStep,
} from '../../../src/sandbox/studio/host.ts'
export type { AccountGrants, Troubles } from '../../../src/sandbox/studio/troubles.ts'

/** Whether the sandbox runs beside a service, and how that service is. */
export type Host =
  | { readonly kind: 'alone'; readonly because: string }
  | { readonly kind: 'demo'; readonly replylineUrl: string; readonly service: ServiceState }
