import { type ComponentProps, useState } from 'react'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useSignedIn } from '../../state/session.ts'
import type { useWatermark } from '../../viewer/use-watermark.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { type Sent, useCaseChange } from './case-change.tsx'
import { CaseEditDialog } from './case-edit-dialog.tsx'
import { CaseHeader } from './case-header.tsx'
import { ExportCase } from './export-case.tsx'
import type { Volume } from './tree-rows.ts'

interface CaseHeadProps {
  readonly tree: ComponentProps<typeof CaseHeader>['tree']
  readonly volume: Volume | undefined
  readonly item: ComponentProps<typeof ExportCase>['item']
  /** The volume that is open, where it may be read. */
  readonly readableVolumeId: string | undefined
  readonly mark: ReturnType<typeof useWatermark>['mark']
  readonly onImport: (() => void) | undefined
  readonly onVolume: (volumeId: string) => void
  readonly onSaved: (sent: Sent) => void
  readonly onChanged: () => void
}

/** The head of a case, with what is done to it as a whole: editing it, adding volumes, filing, giving it out. */
export function CaseHead(props: CaseHeadProps) {
  const { tree, volume, item, readableVolumeId, mark, onImport, onVolume, onSaved, onChanged } = props
  const { permissions } = useSignedIn()
  const change = useCaseChange()
  const mayEdit = change.may('case.edit')
  const [editing, setEditing] = useState(false)
  const addVolume = useAction(async (kind: Volume['kind']) => {
    const wanted = { caseId: tree.case.id, kind }
    if (change.filed) {
      await change.send('cases.addVolume', wanted)
      return
    }
    const added = await call('cases.addVolume', wanted)
    onChanged()
    onVolume(added.id)
  })
  const add = (kind: Volume['kind']) => {
    addVolume.run(kind).catch((error: unknown) => console.warn('volume not added', error))
  }
  return (
    <>
      <CaseHeader
        tree={tree}
        addingVolume={addVolume.busy}
        onAddVolume={mayEdit ? add : undefined}
        onImport={onImport}
        onEdit={mayEdit ? () => setEditing(true) : undefined}
        readableVolumeId={permissions.includes('recognition.run') ? readableVolumeId : undefined}
        checkableVolumeId={permissions.includes('difference.read') ? readableVolumeId : undefined}
        onFiled={onChanged}
        exporting={
          (mark?.mayCopy ?? true) && (
            <ExportCase
              tree={tree}
              volume={volume}
              item={item}
              purpose={mark?.drawn === true ? mark.purpose : ''}
              lent={mark?.drawn === true}
            />
          )
        }
      />
      {editing && (
        <CaseEditDialog
          tree={tree}
          onCancel={() => setEditing(false)}
          onDone={(sent) => {
            setEditing(false)
            onSaved(sent)
          }}
        />
      )}
      <ErrorNotice error={addVolume.error} />
    </>
  )
}
