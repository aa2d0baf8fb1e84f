import { useMutation } from '@tanstack/react-query'

/** Runs one deed at a time; `problem` says in words why the latest one failed. The page hears of what it changed. */
export function useDeed<Args extends readonly unknown[]>(act: (...args: Args) => Promise<unknown>) {
  const mutation = useMutation({ mutationFn: (args: Args) => act(...args) })
  return {
    run: (...args: Args) => mutation.mutate(args),
    /** Calls `then` when it worked. */
    runThen: (then: () => void, ...args: Args) => mutation.mutate(args, { onSuccess: then }),
    isBusy: mutation.isPending,
    problem: mutation.error === null ? null : mutation.error.message,
  }
}
