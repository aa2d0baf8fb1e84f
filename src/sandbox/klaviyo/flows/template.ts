import type { KlaviyoEvent, Profile } from '../entities.ts'

const TAG = /\{\{\s*(.*?)\s*\}\}/g
const EXPRESSION = /^(event|person|email)((?:\.[\w$]+)*)((?:\|\w+(?::(?:'[^']*'|"[^"]*"))?)*)$/
const FILTER = /\|(\w+)(?::(?:'([^']*)'|"([^"]*)"))?/g
const FILTERS = ['lookup', 'default']

export type TemplateWorld = { readonly event: KlaviyoEvent; readonly profile: Profile }

/**
 * What of a template the sandbox cannot render, in words: only variables with `lookup` and
 * `default` are built. https://help.klaviyo.com/hc/en-us/articles/4534329515931
 */
export function notEmulatedInTemplate(template: string): string | null {
  if (template.includes('{%')) return 'template tags ({% … %})'
  for (const [, inside = ''] of template.matchAll(TAG)) {
    const filters = EXPRESSION.exec(inside)?.[3]
    if (filters === undefined) return `the template variable {{ ${inside} }}`
    const unknown = [...filters.matchAll(FILTER)].find(([, name]) => !FILTERS.includes(name ?? ''))
    if (unknown !== undefined) return `the template filter ${unknown[1]}`
  }
  return null
}

/**
 * Fills in a template. Values go in as they are, quotes and line breaks included: inside
 * hand-written JSON they break it, as in Klaviyo unless `escapeText` says otherwise [?].
 */
export function renderTemplate(
  template: string,
  world: TemplateWorld,
  escapeText: (value: string) => string,
): string {
  return template.replace(TAG, (_, inside: string) => escapeText(findValue(inside, world)))
}

function findValue(inside: string, { event, profile }: TemplateWorld): string {
  const [, root = '', path = '', filters = ''] = EXPRESSION.exec(inside) ?? []
  let value: unknown = rootOf(root, event, profile)
  for (const name of path.split('.').slice(1)) value = lookUp(value, name)
  for (const [, name, single, double] of filters.matchAll(FILTER)) {
    const argument = single ?? double ?? ''
    if (name === 'lookup') value = lookUp(value, argument)
    if (name === 'default' && (value === undefined || value === '')) value = argument
  }
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function rootOf(root: string, event: KlaviyoEvent, profile: Profile): unknown {
  if (root === 'event') return event.properties
  if (root === 'email') return profile.email
  return {
    ...profile.properties,
    ...profile.traits,
    id: profile.id,
    email: profile.email,
    phone_number: profile.phoneNumber,
    external_id: profile.externalId,
  }
}

function lookUp(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object'
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
