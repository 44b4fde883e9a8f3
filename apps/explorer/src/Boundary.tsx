/** Keeps a fault in one part of the screen from taking the rest with it, and says so. */
import { Component, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { say } from './words/say.ts'

interface BoundaryProps {
  readonly part: string
  readonly children: ReactNode
}

export class Boundary extends Component<BoundaryProps, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null }

  static getDerivedStateFromError(fault: unknown): { readonly fault: string } {
    return { fault: fault instanceof Error ? fault.message : String(fault) }
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children
    return (
      <div className="fault" role="alert">
        <p><strong>{say('app.not-shown', { part: this.props.part })}</strong> {say('app.goes-on')} ({this.state.fault})</p>
        <Button size="xs" variant="light" onClick={() => this.setState({ fault: null })}>{say('app.again')}</Button>
      </div>
    )
  }
}
