import { PasswordInput } from '@mantine/core'

type Props = {
  readonly name: string
  readonly label: string
  readonly description?: string | undefined
  readonly defaultValue?: string
  readonly required?: boolean
}

/** A secret of a platform: hidden, and not for the password manager. */
export function SecretInput({ description, ...props }: Props) {
  return (
    <PasswordInput
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed', tabIndex: 0 }}
      {...(description === undefined ? {} : { description })}
      {...props}
    />
  )
}
