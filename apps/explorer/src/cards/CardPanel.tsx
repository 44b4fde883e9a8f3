/** The right side: the card of what is picked, or what the chart is about while nothing is. */
import './card.css'
import { CloseButton, Loader } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { pick } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { say } from '../words/say.ts'
import { Basket } from './Basket.tsx'
import { ChartCard } from './ChartCard.tsx'
import { EntityCard } from './EntityCard.tsx'
import { LinkCard } from './LinkCard.tsx'

export function CardPanel() {
  const card = useExplorer((state) => state.card)
  const picked = useExplorer((state) => state.picked)
  const loading = useExplorer((state) => state.cardLoading)
  const scroll = useRef<HTMLDivElement>(null)
  const shown = card?.id
  useEffect(() => {
    // A new card starts at its head.
    if (shown !== undefined && scroll.current !== null) scroll.current.scrollTop = 0
  }, [shown])
  return (
    <aside className="right" aria-label={say('card.label')}>
      <Basket />
      <div className="card-wrap">
      <div className="card" id="card" ref={scroll} tabIndex={-1}>
        {picked === null ? <ChartCard />
          : card === null ? <div className="waiting"><Loader size={18} /></div>
          : card.type === 'entity' ? <EntityCard key={card.id} card={card.card} /> : <LinkCard key={card.id} card={card.card} />}
      </div>
      {picked === null ? null : <CloseButton className="card-close" aria-label={say('card.close')} title={say('card.close')} onClick={() => void pick(null)} />}
      {loading && card !== null ? <Loader className="card-loading" size={14} /> : null}
      </div>
    </aside>
  )
}
