import {
  AppstoreOutlined,
  ColumnWidthOutlined,
  CompressOutlined,
  FullscreenExitOutlined,
  FullscreenOutlined,
  LeftOutlined,
  MinusOutlined,
  PlusOutlined,
  QuestionOutlined,
  ReadOutlined,
  RightOutlined,
  RotateRightOutlined,
  SearchOutlined,
  SelectOutlined,
  StepBackwardOutlined,
  StepForwardOutlined,
  VerticalAlignBottomOutlined,
} from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ViewerCommand } from './keys.ts'

interface ToolProps {
  readonly name: string
  readonly keys: string
  readonly icon: ReactNode
  readonly pressed?: boolean
  readonly disabled?: boolean
  readonly onPress: () => void
}

function Tool({ name, keys, icon, pressed, disabled = false, onPress }: ToolProps) {
  return (
    <Tooltip title={`${name} · ${keys}`} mouseEnterDelay={0.5}>
      <Button
        type={pressed === true ? 'primary' : 'text'}
        ghost={pressed === true}
        size="small"
        icon={icon}
        aria-label={name}
        aria-pressed={pressed}
        aria-keyshortcuts={keys}
        disabled={disabled}
        // The keyboard stays with the page.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPress}
      />
    </Tooltip>
  )
}

interface ViewerToolbarProps {
  readonly place: string
  readonly percent: number
  readonly fit: 'width' | 'page' | 'free'
  readonly grid: boolean
  readonly spread: boolean
  readonly coverAlone: boolean
  readonly filmstrip: boolean
  readonly text: boolean
  readonly mayFind: boolean
  readonly fullScreen: boolean
  readonly atStart: boolean
  readonly atEnd: boolean
  readonly run: (command: ViewerCommand) => void
  readonly children?: ReactNode
}

/** One line over the page: how it is laid out, where one is, how large it is. */
export function ViewerToolbar(props: ViewerToolbarProps) {
  const { place, percent, fit, grid, spread, coverAlone, filmstrip, text, fullScreen } = props
  const { mayFind, atStart, atEnd, run } = props
  const { t } = useTranslation('viewer')
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label={t('toolbar')}>
      <div className="viewer-tools">
        <Tool
          name={t('grid')}
          keys="T"
          icon={<AppstoreOutlined />}
          pressed={grid}
          onPress={() => run('grid')}
        />
        {!grid && (
          <>
            <Tool
              name={t('spread')}
              keys="D"
              icon={<ReadOutlined />}
              pressed={spread}
              onPress={() => run('spread')}
            />
            {spread && (
              <Tool
                name={t('coverAlone')}
                keys="C"
                icon={<span className="viewer-cover-icon">1|</span>}
                pressed={coverAlone}
                onPress={() => run('cover-alone')}
              />
            )}
            <Tool
              name={t('filmstrip')}
              keys="B"
              icon={<VerticalAlignBottomOutlined />}
              pressed={filmstrip}
              onPress={() => run('filmstrip')}
            />
            <Tool
              name={t('text.tool')}
              keys="S"
              icon={<SelectOutlined />}
              pressed={text}
              onPress={() => run('text')}
            />
          </>
        )}
        {mayFind && (
          <Tool name={t('find.tool')} keys="/" icon={<SearchOutlined />} onPress={() => run('find')} />
        )}
        {props.children}
      </div>
      <div className="viewer-tools viewer-place">
        <Tool
          name={t('first')}
          keys="Home"
          icon={<StepBackwardOutlined />}
          disabled={atStart}
          onPress={() => run('first')}
        />
        <Tool
          name={t('previous')}
          keys="←"
          icon={<LeftOutlined />}
          disabled={atStart}
          onPress={() => run('previous')}
        />
        <Tooltip title={`${t('goTo.title')} · G`} mouseEnterDelay={0.5}>
          <Button size="small" type="text" className="viewer-place-name" onClick={() => run('go-to')}>
            <span aria-live="polite" data-testid="viewer-place">
              {place}
            </span>
          </Button>
        </Tooltip>
        <Tool
          name={t('next')}
          keys="→"
          icon={<RightOutlined />}
          disabled={atEnd}
          onPress={() => run('next')}
        />
        <Tool
          name={t('last')}
          keys="End"
          icon={<StepForwardOutlined />}
          disabled={atEnd}
          onPress={() => run('last')}
        />
      </div>
      <div className="viewer-tools viewer-tools-end">
        {!grid && (
          <>
            <Tool name={t('zoomOut')} keys="−" icon={<MinusOutlined />} onPress={() => run('zoom-out')} />
            <span className="viewer-percent" data-testid="viewer-percent">
              {percent}%
            </span>
            <Tool name={t('zoomIn')} keys="+" icon={<PlusOutlined />} onPress={() => run('zoom-in')} />
            <Tool
              name={t('fitPage')}
              keys="0"
              icon={<CompressOutlined />}
              pressed={fit === 'page'}
              onPress={() => run('fit-page')}
            />
            <Tool
              name={t('fitWidth')}
              keys="W"
              icon={<ColumnWidthOutlined />}
              pressed={fit === 'width'}
              onPress={() => run('fit-width')}
            />
            <Tool name={t('rotate')} keys="R" icon={<RotateRightOutlined />} onPress={() => run('rotate')} />
          </>
        )}
        <Tool
          name={t('fullScreen')}
          keys="F"
          icon={fullScreen ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
          pressed={fullScreen}
          onPress={() => run('full-screen')}
        />
        <Tool name={t('keys.title')} keys="?" icon={<QuestionOutlined />} onPress={() => run('keys')} />
      </div>
    </div>
  )
}
