type Shortcut = readonly [keys: readonly string[], meaning: string]

/** The shortcuts of the window by what they are for; a name of a shortcut is written as the platform writes it. */
export const shortcutSheet: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'Sort what came in',
    shortcuts: [
      [['keep'], 'Keep'],
      [['discard'], 'Discard'],
      [['favorite'], 'Favourite'],
      [['1', '–', '5'], 'Rate'],
      [['0'], 'No rating'],
      [['collect'], 'To a collection'],
      [['trash'], 'Move to Trash'],
      [['keepLonger'], 'Keep longer'],
      [['removeForGood'], 'Delete for good'],
      [['undo'], 'Undo'],
      [['redo'], 'Redo'],
    ],
  },
  {
    title: 'Move and select',
    shortcuts: [
      [['←', '↑', '↓', '→'], 'Move'],
      [['Home', 'End'], 'First, last'],
      [['PgUp', 'PgDn'], 'A page back, on'],
      [['Shift', '+', '←'], 'Select on the way'],
      [['Ctrl', '+', '←'], 'Move only'],
      [['selectAll'], 'Select all'],
      [['Esc'], 'Select nothing'],
      [['view', 'Enter'], 'Open the viewer'],
    ],
  },
  {
    title: 'Window',
    shortcuts: [
      [['search'], 'Search'],
      [['import'], 'Import files'],
      [['newCollection'], 'New collection'],
      [['info'], 'Show or hide the inspector'],
      [['sidebar'], 'Show or hide the sidebar'],
      [['settings'], 'Settings'],
      [['shortcuts'], 'This list'],
    ],
  },
]
