import { fine, type Judgement, unknown, warning } from './judgement.ts'

/** `unknown` are the lines that name a brand of the settings that Zendesk does not have, or not active. */
export function judgeBrands(
  unknownBrands: readonly string[],
  active: readonly string[],
): readonly Judgement[] {
  if (unknownBrands.length === 0)
    return [fine(`The brands in the settings are active in Zendesk (it has ${active.join(', ')}).`)]
  return unknownBrands.map((line) =>
    warning({
      says: `${line}.`,
      remedy:
        'Activate the brand in Zendesk, or name another in the bridge, and apply the bridge again.',
      without: 'Tickets that this setting would give a brand go to the default brand.',
    }),
  )
}

/**
 * Sending numbers, as far as texts have shown them: Klaviyo lists them in a beta only. `routes` are the
 * numbers that the settings name; `seen` those that were texted, '' where an event did not say.
 */
export function judgeNumbers(
  routes: readonly string[],
  seen: readonly string[],
): readonly Judgement[] {
  const known = seen.filter((number) => number !== '')
  const strange = routes.filter((number) => !known.includes(number))
  if (known.length === 0 && seen.length === 0)
    return [
      unknown(
        'No number has been texted yet, so no sending number is known.',
        'Text each of your numbers once.',
      ),
    ]
  return [
    ...(known.length === 0 ? [] : [fine(`Numbers that were texted: ${known.join(', ')}.`)]),
    ...(seen.length === known.length ? [] : [nameless()]),
    ...strange.map((number) =>
      warning({
        says: `The settings have a route for ${number}, which nobody has texted yet.`,
        remedy: `Text it once. If no text comes under it, correct the number in sms.routes.`,
        without: 'Texts to other numbers follow their own routes, or the default brand.',
      }),
    ),
  ]
}

function nameless(): Judgement {
  return warning({
    says: 'Some texts did not name the number that was texted.',
    remedy:
      'Routes cannot apply to them. Nothing can be done here; ask Klaviyo for the property To Number.',
    without: 'They become tickets of the default brand.',
  })
}
