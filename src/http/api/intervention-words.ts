import type { InterventionStory } from '../../db/attempts-json.ts'

const DONE: Readonly<Record<InterventionStory['action'], string>> = {
  retry: 'had it tried again',
  edit: 'had it sent again in other words',
  discard: 'discarded it',
  replay: 'had it decided again',
}

/** What a person did about something, in a sentence. */
function interventionSentence({ action, who, note }: InterventionStory): string {
  return `${who} ${DONE[action]}${note === null ? '.' : `: ${note}`}`
}

/** People's doings with their sentences. */
export function told(interventions: readonly InterventionStory[]) {
  return interventions.map((one) => ({ ...one, says: interventionSentence(one) }))
}
