import { lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { viewer as strings } from '../../strings/viewer.ts'
import styles from './Markdown.module.css'

/** Deeper nesting than a person writes is shown as it was typed. */
const DEEPEST = 12

/**
 * Markdown (CommonMark with GitHub's tables and task lists) as a page. Made of React's elements alone: HTML in the text is
 * shown as text, pictures by their description, and links say where they lead without leading there.
 */
export function Markdown({ text }: { readonly text: string }) {
  return <div className={styles.markdown}>{blocks(lexer(text), 0)}</div>
}

function blocks(tokens: readonly Token[], depth: number): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what a text is made of has no other name than its place
    <Fragment key={index}>{depth > DEEPEST ? token.raw : block(token as MarkedToken, depth)}</Fragment>
  ))
}

type MarkedToken =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.Code
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Table
  | Tokens.Hr
  | Tokens.HTML
  | Tokens.Space
  | Tokens.Def

function block(token: MarkedToken, depth: number): ReactNode {
  switch (token.type) {
    case 'heading':
      return <Heading depth={token.depth}>{inline(token.tokens, depth)}</Heading>
    case 'paragraph':
      return <p>{inline(token.tokens, depth)}</p>
    case 'text':
      return token.tokens === undefined ? token.text : inline(token.tokens, depth)
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      )
    case 'blockquote':
      return <blockquote>{blocks(token.tokens, depth + 1)}</blockquote>
    case 'list':
      return <List list={token} depth={depth} />
    case 'table':
      return <Table table={token} depth={depth} />
    case 'hr':
      return <hr />
    case 'html':
      return <pre>{token.text}</pre>
    case 'space':
    case 'def':
      return null
  }
}

/** Below the name of the asset, which is the heading of the window. */
function Heading({ depth, children }: { readonly depth: number; readonly children: ReactNode }) {
  const Level = `h${Math.min(6, depth + 1)}` as 'h2' | 'h3' | 'h4' | 'h5' | 'h6'
  return <Level data-depth={depth}>{children}</Level>
}

function List({ list, depth }: { readonly list: Tokens.List; readonly depth: number }) {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what a text is made of has no other name than its place
    <li key={index} data-task={item.task || undefined}>
      {item.task ? <input type="checkbox" checked={item.checked ?? false} disabled aria-label={strings.task} /> : null}
      {blocks(item.tokens, depth + 1)}
    </li>
  ))
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>
}

function Table({ table, depth }: { readonly table: Tokens.Table; readonly depth: number }) {
  return (
    <table>
      <thead>
        <tr>
          {table.header.map((cell, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <th key={index}>{inline(cell.tokens, depth)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={index}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <td key={column}>{inline(cell.tokens, depth)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type InlineToken =
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Link
  | Tokens.Image
  | Tokens.Br
  | Tokens.Escape
  | Tokens.Tag
  | Tokens.Text
  | Tokens.Checkbox

function inline(tokens: readonly Token[], depth: number): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what a text is made of has no other name than its place
    <Fragment key={index}>{depth > DEEPEST ? token.raw : phrase(token as InlineToken, depth + 1)}</Fragment>
  ))
}

function phrase(token: InlineToken, depth: number): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token.tokens, depth)}</strong>
    case 'em':
      return <em>{inline(token.tokens, depth)}</em>
    case 'del':
      return <del>{inline(token.tokens, depth)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'link':
      return (
        <span className={styles.link} title={token.href}>
          {inline(token.tokens, depth)}
        </span>
      )
    case 'image':
      return <span className={styles.picture}>{strings.pictureNamed(token.text || token.href)}</span>
    case 'br':
      return <br />
    case 'text':
      return token.tokens === undefined ? unescaped(token.text) : inline(token.tokens, depth)
    case 'escape':
    case 'html':
      return token.text
    case 'checkbox':
      return null
  }
}

/** marked leaves entities in running text to the browser, which React does not ask. */
function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }
  return text.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity, name: string) => names[name] ?? entity)
}
