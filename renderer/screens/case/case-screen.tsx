import { LockOutlined } from '@ant-design/icons'
import { App, type InputRef, Splitter } from 'antd'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { forgetCase } from '../../cache/reading-cache.ts'
import { useSignedIn } from '../../state/session.ts'
import type { FoundPlace } from '../../viewer/find-bar.tsx'
import { Markings, type PageOverlay } from '../../viewer/page-overlay.tsx'
import { useWatermark } from '../../viewer/use-watermark.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { CaseChanges, type Sent, useCaseChange } from './case-change.tsx'
import { useCaseDesk, useKeptDesk } from './case-desk.ts'
import { CaseHead } from './case-head.tsx'
import { CaseMiddle } from './case-middle.tsx'
import { CaseTree } from './case-tree.tsx'
import { ItemPanel } from './item-panel.tsx'
import { LoosePage } from './loose-page.tsx'
import { PageFacts } from './page-facts.tsx'
import { type Panel, PanelSwitch } from './panel-switch.tsx'
import { ProposalsPanel } from './proposals-panel.tsx'
import { itemsOf, volumePageCount } from './tree-rows.ts'
import { THICK_FROM_PAGES, useCaseRound, useCaseTree, useVolumePages } from './use-case.ts'
import { aimedIndex, useCaseAim } from './use-case-aim.ts'
import { useCaseFind } from './use-case-find.ts'
import { useCaseKeys } from './use-case-keys.ts'
import { useOlderImage } from './use-older-image.ts'
import { useProposals } from './use-proposals.ts'
import './case.css'

const NOTHING: ReadonlySet<string> = new Set()

/** One case, open on the desk. `?volume=`, `?item=` and `?page=` say where to begin. */
export function CaseScreen() {
  const { caseId } = useParams()
  return caseId === undefined ? null : <CaseWithChanges key={caseId} caseId={caseId} />
}

function CaseWithChanges({ caseId }: { readonly caseId: string }) {
  const [round, reload] = useCaseRound(caseId)
  const tree = useCaseTree(caseId, round)
  return (
    <CaseChanges filed={tree.data?.case.status === 'filed'}>
      <OpenCase caseId={caseId} round={round} reload={reload} tree={tree} />
    </CaseChanges>
  )
}

interface OpenCaseProps {
  readonly caseId: string
  readonly round: number
  readonly reload: () => void
  readonly tree: ReturnType<typeof useCaseTree>
}

function OpenCase({ caseId, round, reload, tree }: OpenCaseProps) {
  const { t } = useTranslation('case')
  const { message } = App.useApp()
  const navigate = useNavigate()
  const session = useSignedIn()
  useKeptDesk(session.accountId)
  const change = useCaseChange()
  const mayEditItems = change.may('item.edit')
  const mayArrange = change.may('page.arrange')
  const mayAdd = change.may('page.add') && session.permissions.includes('page.add')

  const { volumeId: chosenVolumeId, aim, itemId: chosenItemId, go, choose, fromStart } = useCaseAim()
  const [grid, setGrid] = useState(false)
  const [selected, setSelected] = useState<ReadonlySet<string>>(NOTHING)
  const [editing, setEditing] = useState(false)
  const filterRef = useRef<InputRef>(null)

  const volumes = tree.data?.volumes
  const volumeId =
    chosenVolumeId ??
    (volumes?.find((volume) => volume.readable && volumePageCount(volume) > 0) ?? volumes?.[0])?.id
  const volume = volumes?.find((known) => known.id === volumeId)
  const readable = volume?.readable ?? true
  const pageCount = volume === undefined ? 0 : volumePageCount(volume)
  const pages = useVolumePages(
    readable ? volumeId : undefined,
    round,
    fromStart && pageCount >= THICK_FROM_PAGES,
  )
  const { mark, ended } = useWatermark(readable ? volumeId : undefined, () => {
    forgetCase(caseId).catch((error: unknown) => console.warn('cache', error))
    reload()
  })
  const open = pages.data
  // The page first; the tree and the panel beside it follow when there is time.
  const openLater = useDeferredValue(pages.partial ? undefined : open)
  const items = useMemo(() => itemsOf(volume), [volume])

  const currentIndex = useMemo(() => aimedIndex(open?.pages, aim), [open, aim])
  const page = open?.pages[currentIndex]
  const pageIdLater = useDeferredValue(page?.id ?? null)
  const item =
    items.find((known) => known.id === chosenItemId && known.pageCount === 0) ??
    items.find((known) => known.id === page?.itemId)

  const leaveGrid = useCallback(() => setGrid(false), [])
  const { older, show: onVersion, leave: leaveOlder } = useOlderImage(page, leaveGrid)

  const onPage = useCallback(
    (pageId: string) => {
      go({ itemId: null, pageId })
      leaveOlder()
    },
    [go, leaveOlder],
  )
  const onVolume = useCallback(
    (id: string) => {
      go({ volumeId: id, itemId: null, pageId: null })
      setSelected(NOTHING)
      leaveOlder()
    },
    [go, leaveOlder],
  )
  const onItem = useCallback(
    (id: string, itemId: string) => {
      const has = open?.volumeId !== id || open.pages.some((known) => known.itemId === itemId)
      if (has) go({ volumeId: id, itemId, pageId: null })
      else choose(id, itemId)
      leaveOlder()
    },
    [choose, go, leaveOlder, open],
  )
  const onFound = useCallback(
    ({ volumeId: foundIn, itemId, pageId }: FoundPlace) => {
      setGrid(false)
      const place = { itemId: pageId === null ? itemId : null, pageId }
      go(foundIn === null ? place : { ...place, volumeId: foundIn })
      leaveOlder()
    },
    [go, leaveOlder],
  )
  const find = useCaseFind({
    ...{ caseId, tree: tree.data, open, onGo: onFound },
    currentPageId: page?.id ?? null,
  })
  const mayCopy = session.permissions.includes('text.copy') && (mark?.mayCopy ?? true)

  const [panel, setPanel] = useState<Panel>('item')
  // Thousands of pages take the core a while: then only who opens the panel waits for them.
  const asks = panel === 'proposals' || pageCount <= THICK_FROM_PAGES
  const proposals = useProposals(asks ? openLater?.volumeId : undefined, round, onPage)
  const decides = (['item.edit', 'page.arrange'] as const).some(change.may)
  const mayPropose = decides || proposals.shown.length > 0
  const proposing = panel === 'proposals' && mayPropose && volumeId !== undefined
  const { markingsOf } = proposals
  const proposalMarks: PageOverlay = (shown) => proposing && <Markings markings={markingsOf(shown.id)} />

  const showsPages = readable && open !== undefined && open.pages.length > 0

  const shownItemId = item?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another row ends the editing of this one
  useEffect(() => setEditing(false), [shownItemId])

  const edit = useCallback(() => setEditing(true), [])
  const moreKeys = useCaseKeys({ mayEditItems, mayArrange, showsPages, onEdit: edit, filter: filterRef })

  // A request has said so itself; nothing in the case changed.
  const tell = (sent: Sent) => {
    if (sent !== 'done') return
    void message.success(t('item.saved'))
    reload()
  }
  const desk = useCaseDesk()
  const goImport = () =>
    navigate(volumeId === undefined ? '/intake' : `/intake?case=${caseId}&volume=${volumeId}`)
  const importNow = () => {
    Promise.resolve(goImport()).catch((error: unknown) => console.warn('not opened', error))
  }

  if (tree.error !== undefined && tree.data === undefined) {
    return (
      <div className="case-fault">
        <ErrorNotice error={tree.error} onRetry={reload} />
      </div>
    )
  }
  if (ended) {
    return (
      <EmptyState
        icon={<LockOutlined aria-hidden="true" />}
        title={t('loanEnded.title')}
        text={t('loanEnded.text')}
      />
    )
  }
  return (
    <div className="case">
      {tree.data !== undefined && (
        <CaseHead
          tree={tree.data}
          volume={volume}
          item={item}
          readableVolumeId={readable ? volumeId : undefined}
          mark={mark}
          onImport={mayAdd && readable && volumeId !== undefined ? importNow : undefined}
          onVolume={onVolume}
          onSaved={tell}
          onChanged={reload}
        />
      )}
      <Splitter
        className="case-desk"
        onResizeEnd={([treeWidth, , panelWidth]) => {
          if (treeWidth !== undefined && panelWidth !== undefined) desk.resize(treeWidth, panelWidth)
        }}
      >
        <Splitter.Panel defaultSize={desk.treeWidth} min={180} max="40%" collapsible>
          {tree.data !== undefined && (
            <CaseTree
              tree={tree.data}
              open={openLater}
              currentPageId={pageIdLater}
              filterRef={filterRef}
              onPage={onPage}
              onVolume={onVolume}
              onItem={onItem}
            />
          )}
        </Splitter.Panel>
        <Splitter.Panel min={320}>
          <div className="case-middle">
            <CaseMiddle
              volume={volume}
              pages={pages}
              pageCount={pageCount}
              caseNumber={tree.data?.case.number ?? ''}
              items={items}
              currentPageId={page?.id ?? null}
              onChange={onPage}
              grid={grid}
              onGrid={setGrid}
              older={older}
              onLeaveOlder={leaveOlder}
              selected={selected}
              onSelect={setSelected}
              mayArrange={mayArrange}
              mayCreateItem={mayEditItems && !change.filed}
              moreKeys={moreKeys}
              watermark={mark}
              find={find}
              mayCopy={mayCopy}
              overlay={proposalMarks}
              onImport={mayAdd ? importNow : undefined}
              onChanged={reload}
            />
          </div>
        </Splitter.Panel>
        <Splitter.Panel defaultSize={desk.panelWidth} min={200} max="40%" collapsible>
          <aside className="case-panel" aria-label={t('panel')}>
            {mayPropose && <PanelSwitch panel={panel} openCount={proposals.openCount} onPanel={setPanel} />}
            {proposing ? (
              <ProposalsPanel key={volumeId} volumeId={volumeId} filed={change.filed} proposals={proposals} />
            ) : item !== undefined && volumeId !== undefined ? (
              <ItemPanel
                item={item}
                volumeId={volumeId}
                editing={editing}
                mayEdit={mayEditItems}
                onEdit={setEditing}
                onSaved={tell}
              />
            ) : (
              page !== undefined &&
              volume !== undefined && (
                <LoosePage
                  page={page}
                  mayArrange={mayArrange}
                  onChoosePages={grid ? undefined : () => setGrid(true)}
                />
              )
            )}
            {!proposing && page !== undefined && open !== undefined && (
              <PageFacts
                page={page}
                index={currentIndex}
                total={pages.partial ? pageCount : open.pages.length}
                volumeId={open.volumeId}
                onMarked={mayArrange ? reload : undefined}
                shownVersionId={older?.image.versionId ?? page.versionId}
                onVersion={onVersion}
              />
            )}
          </aside>
        </Splitter.Panel>
      </Splitter>
    </div>
  )
}
