import { Heart, Inbox, Info, Search, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Menu } from '../ui/Menu.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Select } from '../ui/Select.tsx'
import { Slider } from '../ui/Slider.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { Switch } from '../ui/Switch.tsx'
import { TextField } from '../ui/TextField.tsx'
import { Toast } from '../ui/Toast.tsx'
import styles from './Gallery.module.css'

const variants = ['plain', 'primary', 'quiet', 'danger'] as const
const tones = ['neutral', 'accent', 'good', 'warn', 'bad'] as const
const days = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const

/** Every primitive in its states, for whoever works on their looks. Only for development: it is in no package. */
export function Gallery() {
  const [span, setSpan] = useState<(typeof days)[number]['value']>('week')
  const [on, setOn] = useState(true)
  const [size, setSize] = useState(176)
  return (
    <main className={styles.gallery}>
      <h1 className={styles.title}>Primitives</h1>
      <Part name="Button">
        {variants.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
        <Button icon={<Inbox />}>With an icon</Button>
        <Button disabled>Disabled</Button>
        <Button size="s">Small</Button>
      </Part>
      <Part name="IconButton">
        <IconButton label="Favourite" shortcut="F">
          <Heart />
        </IconButton>
        <IconButton label="Info" aria-pressed>
          <Info />
        </IconButton>
        <IconButton label="Delete" size="s">
          <Trash2 />
        </IconButton>
      </Part>
      <Part name="TextField and Field">
        <TextField aria-label="Search" placeholder="Search" before={<Search aria-hidden="true" />} />
        <Field label="Name" hint="As others will see it">
          {(control) => <TextField {...control} defaultValue="Harbours" />}
        </Field>
        <Field label="Days" error="Give a whole number.">
          {(control) => <TextField {...control} defaultValue="many" />}
        </Field>
      </Part>
      <Part name="Segmented and Select">
        <Segmented label="Span" value={span} segments={days} onChange={setSpan} />
        <Select aria-label="Span" options={days} value={span} onChange={setSpan} />
      </Part>
      <Part name="Switch and Slider">
        <Switch label="On or off" checked={on} onChange={setOn} />
        <Switch label="Not now" checked={false} disabled onChange={setOn} />
        <Slider className={styles.slider} label="Size" value={size} min={88} max={400} onChange={setSize} />
      </Part>
      <Part name="Badge and Kbd">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Kbd>K</Kbd>
        <Kbd>Ctrl Z</Kbd>
      </Part>
      <Part name="Progress and Spinner">
        <div className={styles.wide}>
          <Progress value={0.4} label="Importing" />
          <Progress value={0.7} label="Waiting" tone="warn" />
          <Progress value={null} label="Counting" />
        </div>
        <Spinner />
      </Part>
      <Part name="Menu">
        <Menu
          entries={[
            { kind: 'heading', label: 'Asset' },
            { kind: 'action', label: 'Favourite', icon: <Heart />, shortcut: 'F', onSelect: () => undefined },
            { kind: 'choice', label: 'Shown', checked: on, onSelect: () => setOn(!on) },
            { kind: 'separator' },
            { kind: 'action', label: 'Delete', icon: <Trash2 />, danger: true, onSelect: () => undefined },
          ]}
        >
          <Button>Open the menu</Button>
        </Menu>
      </Part>
      <Part name="Toast">
        <Toast
          message="Moved 214 assets to Trash"
          tone="plain"
          action={{ label: 'Undo', shortcut: 'Ctrl Z', run: () => undefined }}
          onDismiss={() => undefined}
        />
        <Toast message="The disk is full." tone="bad" onDismiss={() => undefined} />
      </Part>
      <Part name="EmptyState">
        <EmptyState art={<Inbox />} title="Nothing here yet" actions={<Button variant="primary">Import</Button>}>
          What this place is for, and the one thing to do next.
        </EmptyState>
      </Part>
    </main>
  )
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      <div className={styles.row}>{children}</div>
    </section>
  )
}
