/** The moments of the crash table at which a test ends the process. In service they do nothing. */
const FAILPOINTS = [
  'intake_before_commit',
  'intake_after_commit',
  'job_claimed',
  'in_gather',
  'in_step',
  'after_step',
  'attempt_started',
  'call_returned',
  'outcome_saved',
  'token_received',
  'token_saved',
] as const
export type FailpointName = (typeof FAILPOINTS)[number]

/** Passes a named moment; `about` narrows it to one kind of effect. */
export type Failpoint = (name: FailpointName, about?: string) => void

/**
 * Ends the process at the `count`-th pass of a moment: `FAILPOINT=after_step:3`, or of one kind of
 * effect, `FAILPOINT=attempt_started/send_text`. With `@SIGSTOP` behind it the process is paused.
 */
export function createFailpoint(
  setting: string | undefined,
  signal: (name: 'SIGKILL' | 'SIGSTOP') => void,
): Failpoint {
  if (setting === undefined || setting === '') return () => undefined
  const [where = '', action] = setting.split('@')
  const [moment = '', count = '1'] = where.split(':')
  const [wanted, narrowed] = moment.split('/')
  let left = Number(count)
  return (name, about) => {
    if (name !== wanted || (narrowed !== undefined && narrowed !== about)) return
    left -= 1
    if (left === 0) signal(action === 'SIGSTOP' ? 'SIGSTOP' : 'SIGKILL')
  }
}
