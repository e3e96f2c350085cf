import type { FoundChange } from '../../../shared/contract/reconcile.ts'
import { placeWords, readPlace } from '../../../shared/domain/reconcile/place.ts'
import { type Catalogue, number, numberOrNull, type Row, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { openWords } from '../register/sealed-words.ts'
import { closingNote } from '../settling/closing-note.ts'
import { reportedAttachments } from './report-attachments.ts'
import type { ProofReport, ReportedDifference, ReportedPicture } from './report-shape.ts'

type Boxes = ReportedPicture['boxes']

function yes(row: Row, column: string): boolean | null {
  const value = numberOrNull(row, column)
  return value === null ? null : value === 1
}

/** The images that show a difference: the paper, the electronic page as it was found, and as it stands now. */
function picturesOf({ sql }: Catalogue, row: Row, regions: readonly FoundChange[]): ReportedPicture[] {
  const boxesOn = (side: 'paperBox' | 'electronicBox'): Boxes =>
    regions.flatMap((region) => (region[side] === null ? [] : [region[side]]))
  // A page that was moved to 副卷 is not shown in the report of the volume that it left.
  const compartment = text(row, 'compartment')
  const paper = sql.one(
    'SELECT id, sha256, turn FROM paper_page WHERE id = ? AND compartment = ?',
    ...[textOrNull(row, 'paper_page_id'), compartment],
  )
  const versionOf = (id: string | null) =>
    sql.one('SELECT id, sha256, turn FROM page_version WHERE id = ? AND compartment = ?', id, compartment)
  const before = versionOf(textOrNull(row, 'version_id'))
  const current = sql.one(
    'SELECT current_version_id AS id FROM page WHERE id = ?',
    textOrNull(row, 'page_id'),
  )
  const after = versionOf(current === undefined ? null : text(current, 'id'))
  // The boxes were found on the image as it was turned for the comparing.
  const match = sql.one('SELECT turn FROM page_match WHERE id = ?', textOrNull(row, 'match_id'))
  const picture = (of: ReportedPicture['of'], image: Row | undefined, boxes: Boxes, turn?: number) =>
    image === undefined
      ? []
      : [
          {
            of,
            id: text(image, 'id'),
            sha256: text(image, 'sha256'),
            turn: turn ?? number(image, 'turn'),
            boxes,
          },
        ]
  const changed = after !== undefined && (before === undefined || text(after, 'id') !== text(before, 'id'))
  // Put in from the fresh scan it shows what the paper shows, in the same place.
  const isPaper =
    paper !== undefined &&
    after !== undefined &&
    text(after, 'sha256') === text(paper, 'sha256') &&
    number(after, 'turn') === number(paper, 'turn')
  return [
    ...picture('paper', paper, boxesOn('paperBox')),
    ...picture(
      'before',
      before,
      boxesOn('electronicBox'),
      match === undefined ? undefined : number(match, 'turn'),
    ),
    ...(changed ? picture('after', after, isPaper ? boxesOn('paperBox') : []) : []),
  ]
}

function differenceOf(catalogue: Catalogue, vault: OpenVault, row: Row): ReportedDifference {
  const id = text(row, 'id')
  const compartment = text(row, 'compartment') as Compartment
  const sealed = row.content instanceof Uint8Array ? row.content : null
  // Which pages a run of them has is in its place, and its ground in words is its basis.
  const { pageIds: _, ground: __, ...content } = openWords(vault, compartment, id, sealed)
  const serial = String(number(row, 'serial')).padStart(4, '0')
  return {
    id,
    number: `BF${number(row, 'year')}-${serial}`,
    reconciliation: textOrNull(row, 'reconciliation_id'),
    book: numberOrNull(row, 'book'),
    foundAt: text(row, 'found_at'),
    foundBy: text(row, 'found_by'),
    foundStage: text(row, 'found_stage'),
    methods: JSON.parse(text(row, 'methods')) as string[],
    type: text(row, 'type'),
    item: textOrNull(row, 'item_id'),
    paperPlace: placeWords(readPlace(text(row, 'paper_place')), 'zh'),
    electronicPlace: placeWords(readPlace(text(row, 'electronic_place')), 'zh'),
    ...content,
    confidence: number(row, 'confidence'),
    severity: text(row, 'severity'),
    severityRule: text(row, 'severity_rule'),
    cause: textOrNull(row, 'cause'),
    originStage: textOrNull(row, 'origin_stage'),
    originPerson: text(row, 'origin_person'),
    state: text(row, 'state'),
    handling: textOrNull(row, 'handling'),
    attachments: reportedAttachments(catalogue, vault, { id, compartment }),
    judgedBy: textOrNull(row, 'judged_by'),
    judgedAt: textOrNull(row, 'judged_at'),
    approvedBy: textOrNull(row, 'approved_by'),
    approvedAt: textOrNull(row, 'approved_at'),
    approvalNote: text(row, 'approval_note'),
    handledBy: textOrNull(row, 'handled_by'),
    handledAt: textOrNull(row, 'handled_at'),
    beforeDigest: text(row, 'before_digest'),
    afterDigest: text(row, 'after_digest'),
    checkedBy: textOrNull(row, 'checked_by'),
    checkedAt: textOrNull(row, 'checked_at'),
    checkOk: yes(row, 'check_ok'),
    checkNote: text(row, 'check_note'),
    plan: textOrNull(row, 'plan_id'),
    noted: number(row, 'noted') === 1,
    trainingMeasure: text(row, 'training_measure'),
    closedAt: textOrNull(row, 'closed_at'),
    pictures: picturesOf(catalogue, row, content.regions),
  }
}

/** The differences of a volume by number: of this checking, and whatever was open or found since the last report. */
export function gatherDifferences(
  catalogue: Catalogue,
  vault: OpenVault,
  volumeId: string,
  reconciliationId: string,
  since: string,
): ReportedDifference[] {
  return catalogue.sql
    .all(
      `SELECT * FROM difference WHERE volume_id = ? AND (reconciliation_id = ? OR found_at > ? OR closed_at > ?)
       ORDER BY year, serial`,
      ...[volumeId, reconciliationId, since, since],
    )
    .map((row) => differenceOf(catalogue, vault, row))
}

/** As they stand now, whichever of these are still there; for holding against a report. */
export function differencesById(
  catalogue: Catalogue,
  vault: OpenVault,
  volumeId: string,
  ids: readonly string[],
): ReadonlyMap<string, ReportedDifference> {
  const found = new Map<string, ReportedDifference>()
  for (const id of ids) {
    const row = catalogue.sql.one('SELECT * FROM difference WHERE id = ? AND volume_id = ?', id, volumeId)
    if (row !== undefined) found.set(id, differenceOf(catalogue, vault, row))
  }
  return found
}

/** The lines of the closing note 备考表 that stand. */
export function gatherNotes(catalogue: Catalogue, vault: OpenVault, volumeId: string): ProofReport['notes'] {
  return closingNote(catalogue, vault)
    .list(volumeId)
    .map(({ id, at, by, text: words, numbers }) => ({ id, at, by, text: words, numbers: [...numbers] }))
}
