import { type Answer, refuse, refuseInvalid } from './errors.ts'

/** The newest that the sandbox knows; later ones are answered as it is. */
const NEWEST = '2026-07-15'
const YEAR_MS = 365.25 * 24 * 3_600_000
/** "One year stable, one year deprecated, then retired." */
const LIFE_MS = 2 * YEAR_MS

type Asked = {
  readonly revision: string | undefined
  /** `X-Klaviyo-Revision-Fall-Forward-Opt-Out`. */
  readonly optOut: string | undefined
  readonly isBeta: boolean
  readonly now: number
}

/**
 * Every call names its revision. One that is retired or unknown falls forward, unless the caller
 * opted out: then 410 for a retired one, and 400 for one that never was [I]. A beta wants its own
 * revision, ending in `.pre`; what Klaviyo answers without is not known, 400 here [?].
 * https://developers.klaviyo.com/en/docs/api_versioning_and_deprecation_policy
 */
export function refuseRevision({ revision, optOut, isBeta, now }: Asked): Answer | null {
  if (revision === undefined) return refusal("The 'revision' header is required.")
  const date = /^(\d{4}-\d{2}-\d{2})(\.pre)?$/.exec(revision)
  const bornAt = Date.parse(date?.[1] ?? '')
  if (date === null || Number.isNaN(bornAt))
    return refusal(`'${revision}' is not a valid revision.`)
  if (isBeta && date[2] === undefined) return refusal('This endpoint requires a beta revision.')
  if (optOut !== '1') return null
  if (bornAt + LIFE_MS < now) return retired(revision)
  return (date[1] ?? '') > NEWEST ? refusal(`The revision '${revision}' does not exist.`) : null
}

function refusal(detail: string): Answer {
  return refuseInvalid({ detail, source: { parameter: 'revision' } })
}

function retired(revision: string): Answer {
  const detail = `The revision '${revision}' is retired.`
  return refuse({
    status: 410,
    code: 'gone',
    title: 'Gone.',
    detail,
    source: { parameter: 'revision' },
  })
}
