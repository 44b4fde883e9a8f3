/** A part of a card that folds, with how many it holds; what is not shown is counted. */
import type { ReactNode } from 'react'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'

interface SectionProps {
  readonly title: string
  readonly count?: number
  /** How many there are in all, where fewer are shown. */
  readonly of?: number
  readonly open?: boolean
  readonly children: ReactNode
}

export function Section({ title, count, of, open = true, children }: SectionProps) {
  return (
    <details className="section" open={open}>
      <summary>
        <h3>{title}</h3>
        {count === undefined ? null : <span className="count">{of !== undefined && of > count ? say('card.of', { n: count, of }) : counted(count)}</span>}
      </summary>
      <div className="section-body">{children}</div>
    </details>
  )
}
