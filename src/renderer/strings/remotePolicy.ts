/** Words of the rules of a bucket. */
export const remotePolicy = {
  menu: 'Rules…',
  title: (name: string) => `Rules of “${name}”`,
  text: 'What Vitrine sends there. What does not fit the rules stays on this computer and says why.',
  workspaceText: 'What Vitrine takes from there. What does not fit the rules stays there and says why.',
  referencesText:
    'What Vitrine puts there for generators. What does not fit the rules gets no address there, and the reason is shown.',
  save: 'Save rules',
  preset: 'Start from',
  presetHint: 'A preset fills in types, size and visibility.',
  ownRules: 'Rules of my own',
  presets: {
    avatars: 'Avatars: public images',
    reference_images: 'Reference images: up to 10 MiB',
    system_assets: 'System assets: public, up to 5 MiB',
    'user-library': 'User library: up to 50 MiB',
    videos: 'Videos: public videos',
    'workspace-temp': 'Workspace: JPEG, PNG, WebP and MP4 up to 50 MiB',
  },
  fields: {
    types: 'Allowed types',
    sizeLimit: 'Largest file',
    quota: 'Quota',
    retention: 'Kept there, days',
    publicBaseUrl: 'Public address',
  },
  placeholders: {
    types: 'Everything',
    sizeLimit: 'No limit',
    quota: 'No limit',
    retention: 'For ever',
    publicBaseUrl: 'https://cdn.example.com',
  },
  hints: {
    types: 'MIME types such as image/*, video/mp4, with commas between them.',
    sizeLimit: 'For example 50 MB.',
    quota: 'Of everything in it; warned of from 80 %.',
    retention: 'If the bucket deletes by rules of its own.',
    publicBaseUrl: 'Where anybody can read what is in it.',
  },
  referencesRetention: 'Vitrine removes copies that are older, too.',
  problems: {
    types: 'Give MIME types such as image/png or image/*.',
    sizeLimit: 'Give a size such as 50 MB, or leave it empty.',
    quota: 'Give a size such as 500 GB, or leave it empty.',
    retention: 'Give a number of days from 1 to 36500, or leave it empty.',
    publicBaseUrl: 'Give an address that begins with https:// or http://.',
  },
  visibility: 'Who may read it',
  visibilities: { private: 'Private', public: 'Public' },
  visibilityHints: {
    private: 'Only who has the keys.',
    public: 'The bucket lets anybody read. Vitrine does not change that; it tells you.',
  },
  only(types: readonly string[]) {
    const names = types.map(typeName)
    return names.length > 3
      ? `only ${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
      : `only ${names.join(', ')}`
  },
  keptFor: (days: number) => (days === 1 ? 'kept for a day' : `kept for ${days} days`),
  upTo: (size: string) => `files up to ${size}`,
  altogether: (size: string) => `${size} altogether`,
  isPublic: 'public',
} as const

/** What people call a MIME type. */
function typeName(type: string): string {
  const [kind = '', format = ''] = type.split('/')
  if (format === '*') return allOf[kind] ?? type
  return format === 'svg+xml' ? 'SVG' : /^[a-z0-9]{2,5}$/.test(format) ? format.toUpperCase() : type
}

const allOf: Readonly<Record<string, string>> = { image: 'pictures', video: 'video', audio: 'sound', text: 'text' }
