import type { Config } from '../config.ts'

/** One command of `replyline`. Resolves with the exit code; throws `StartProblem` for what a person can mend. */
export type Command = (args: readonly string[], config: Config) => Promise<number>
