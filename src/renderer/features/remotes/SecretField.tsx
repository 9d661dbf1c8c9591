import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { remotes as strings } from '../../strings/remotes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField, type TextFieldProps } from '../../ui/TextField.tsx'

/** A secret, hidden until a person asks to see it. Not a password to remember: browsers' stores stay out of it. */
export function SecretField({
  control,
  labels: [show, hide] = [strings.showSecret, strings.hideSecret],
  value,
  disabled = false,
  onChange,
}: {
  readonly control: Pick<TextFieldProps, 'id' | 'aria-describedby' | 'aria-invalid'>
  /** What the button says that shows it, and hides it again. */
  readonly labels?: readonly [string, string]
  readonly value: string
  readonly disabled?: boolean
  readonly onChange: (value: string) => void
}) {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...control}
      type={shown ? 'text' : 'password'}
      autoComplete="new-password"
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
      after={
        <IconButton
          label={shown ? hide : show}
          size="s"
          tooltip={false}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      }
    />
  )
}
