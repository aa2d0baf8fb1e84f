import { Text } from '@mantine/core'

/** What the sandbox's accounts begin with, so that nobody has to look it up. */
export const SEED = {
  clientId: 'replyline',
  clientSecret: 'replyline-secret',
  apiKey: 'pk_sandbox',
} as const

/** Says why the fields are filled already. */
export function SandboxNote({ what }: { readonly what: string }) {
  return (
    <Text size="sm" fs="italic">
      This Replyline talks to the sandbox: the emulated {what} is filled in. Nothing here sends real
      texts.
    </Text>
  )
}
