import { Alert } from '@mantine/core'

/** What went wrong, in words; nothing when nothing did. */
export function Problem({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <Alert color="red" p="xs" role="alert" className="said">
      {text}
    </Alert>
  )
}
