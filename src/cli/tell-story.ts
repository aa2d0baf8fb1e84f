import { REASONS } from '../conversations/reasons.ts'
import type { EffectStory, EventStory, WorkStory } from '../db/readback.ts'

/** An event as a person reads it in a terminal: what came, what was concluded and why, what was done. */
export function tellStory(story: EventStory): string {
  const about = story.ticketId === null ? '' : `, ticket ${story.ticketId}`
  return [
    `${story.eventAt}  ${story.source} ${story.kind} ${story.remoteId}${about}  (${story.bridge})`,
    ...story.work.flatMap(tellWork),
  ].join('\n')
}

function tellWork(work: WorkStory): readonly string[] {
  const reason =
    work.reason !== null && Object.hasOwn(REASONS, work.reason)
      ? REASONS[work.reason as keyof typeof REASONS]
      : null
  return [
    `  ${work.state.replace('_', ' ')}: ${work.reason ?? 'not decided yet'}${reason === null ? '' : `. ${reason.says}`}`,
    ...(reason?.remedy == null ? [] : [`    to change it: ${reason.remedy}`]),
    ...(work.waitingFor === null
      ? []
      : [`    waits until ${work.waitingUntil}: ${work.waitingFor}`]),
    ...(work.state === 'set_aside' && work.error !== null
      ? [`    set aside after it failed: ${work.error}`]
      : []),
    ...work.effects.flatMap(tellEffect),
    ...work.interventions.map(
      ({ at, who, action, note }) =>
        `    ${at} ${who}: ${action}${note === null ? '' : `, ${note}`}`,
    ),
  ]
}

function tellEffect(effect: EffectStory): readonly string[] {
  const delivery = effect.delivery === null ? '' : `, ${effect.delivery}`
  const reason = effect.reason === null ? '' : ` (${effect.reason})`
  return [
    `    ${effect.kind}: ${effect.state.replace('_', ' ')}${delivery}${reason}${effect.isDismissed ? ', dealt with' : ''}  ${effect.id}`,
    ...effect.attempts
      .filter(({ outcome }) => outcome !== 'done')
      .map(
        (attempt) =>
          `      tried ${attempt.startedAt}: ${attempt.outcome ?? 'under way'}${attempt.detail === null ? '' : `, ${attempt.detail}`}`,
      ),
  ]
}
