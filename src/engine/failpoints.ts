/** The moments of the crash table at which a test ends the process. In service they do nothing. */
export const FAILPOINTS = [
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

/** Passes a named moment. */
export type Failpoint = (name: FailpointName) => void

/** Ends the process with SIGKILL at the `count`-th pass of the named moment: `FAILPOINT=after_step:3`. */
export function createFailpoint(setting: string | undefined, kill: () => void): Failpoint {
  if (setting === undefined || setting === '') return () => undefined
  const [wanted, count = '1'] = setting.split(':')
  let left = Number(count)
  return (name) => {
    if (name !== wanted) return
    left -= 1
    if (left === 0) kill()
  }
}
