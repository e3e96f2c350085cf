import {
  PauseOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { COMPARE_MODES, type CompareCommand, type CompareMode, MODE_KEYS } from './compare-keys.ts'

interface CompareToolbarProps {
  readonly mode: CompareMode
  /** There are two images to lay over each other. */
  readonly both: boolean
  readonly percent: number
  readonly paused: boolean
  readonly swipe: number
  readonly onSwipe: (share: number) => void
  readonly onPause: () => void
  readonly run: (command: CompareCommand) => void
  readonly children?: ReactNode
}

/** Tools keep out of the way of the keyboard: pressing one by mouse does not take the focus. */
const keepFocus = (event: { preventDefault: () => void }) => event.preventDefault()

/** How the two images are shown, and how large. */
export function CompareToolbar(props: CompareToolbarProps) {
  const { mode, both, percent, run } = props
  const { t } = useTranslation('reconcile')
  return (
    <div className="compare-toolbar" role="toolbar" aria-label={t('compare.tools')}>
      {both && (
        <span className="compare-modes">
          {COMPARE_MODES.map((name) => (
            <Button
              key={name}
              size="small"
              type={mode === name ? 'primary' : 'default'}
              aria-pressed={mode === name}
              onMouseDown={keepFocus}
              onClick={() => run(name)}
            >
              {t(`mode.${name}`)} <KeyHint keys={MODE_KEYS[name]} />
            </Button>
          ))}
        </span>
      )}
      {both && mode === 'overlay' && (
        <span className="compare-legend">
          <span data-ink="paper">{t('overlay.paper')}</span>
          <span data-ink="electronic">{t('overlay.electronic')}</span>
          <span data-ink="both">{t('overlay.both')}</span>
        </span>
      )}
      {both && mode === 'blink' && (
        <Button
          size="small"
          icon={
            props.paused ? <PlayCircleOutlined aria-hidden="true" /> : <PauseOutlined aria-hidden="true" />
          }
          onMouseDown={keepFocus}
          onClick={props.onPause}
        >
          {t(props.paused ? 'blink.go' : 'blink.pause')}
        </Button>
      )}
      {both && mode === 'swipe' && (
        <input
          type="range"
          className="compare-swipe"
          min={0}
          max={100}
          value={Math.round(props.swipe * 100)}
          aria-label={t('swipe.label')}
          onChange={(event) => props.onSwipe(Number(event.target.value) / 100)}
        />
      )}
      <span className="compare-toolbar-end">
        {props.children}
        <Button
          size="small"
          type="text"
          icon={<ZoomOutOutlined />}
          aria-label={t('zoom.out')}
          onMouseDown={keepFocus}
          onClick={() => run('zoom-out')}
        />
        <Button
          size="small"
          type="text"
          className="figures"
          onMouseDown={keepFocus}
          onClick={() => run('fit')}
        >
          {percent} %<span className="visually-hidden"> {t('zoom.fit')}</span>
        </Button>
        <Button
          size="small"
          type="text"
          icon={<ZoomInOutlined />}
          aria-label={t('zoom.in')}
          onMouseDown={keepFocus}
          onClick={() => run('zoom-in')}
        />
        <Button
          size="small"
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={t('keys.title')}
          onMouseDown={keepFocus}
          onClick={() => run('keys')}
        />
      </span>
    </div>
  )
}
