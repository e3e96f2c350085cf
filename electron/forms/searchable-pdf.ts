import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { TextLine, Turn } from '../../shared/domain/page-text.ts'
import { type PdfFacts, xmpPacket } from './archival-metadata.ts'
import { characterCodes, invisibleFontObjects } from './invisible-font.ts'
import { invisibleText } from './invisible-text.ts'
import { pagePicture, pageSize, pictureMatrix, type StoredImage } from './page-picture.ts'
import {
  type PdfFile,
  pdfArray,
  pdfDate,
  pdfDictionary,
  pdfFile,
  pdfNumber,
  pdfReference,
  pdfText,
} from './pdf-file.ts'
import { pageLabels } from './pdf-labels.ts'
import { outlineObjects, type PdfBookmark } from './pdf-outline.ts'
import { srgbProfile } from './srgb-profile.ts'

/** What was read on a page: lines over an image of this size. */
export interface PageLayer {
  /** Of the image as it is shown. */
  readonly widthPixels: number
  readonly heightPixels: number
  readonly lines: readonly TextLine[]
}

export interface SearchablePage {
  /** As people name the page; a plain number, or anything else. */
  readonly label: string
  readonly image: () => Promise<StoredImage>
  /** How the image has to be turned, clockwise, to be read. */
  readonly turn: Turn
  /** Null for a page that was not read, or whose text may not be given. */
  readonly layer: () => PageLayer | null
  /** Called when the page's bytes are written and its image is no longer needed. */
  readonly written?: (image: StoredImage) => void
}

export interface SearchablePdf extends PdfFacts {
  /** In order; `page` counts from 0. */
  readonly bookmarks: readonly PdfBookmark[]
  readonly pages: readonly SearchablePage[]
}

/** Pages under one node of the page tree: no reader has to walk a list of thousands. */
const PAGES_A_NODE = 64

interface PageTree {
  readonly nodeOf: (place: number) => number
  readonly ids: number[]
}

function pageTree(file: PdfFile, count: number): PageTree {
  const nodes = Array.from({ length: Math.ceil(count / PAGES_A_NODE) }, () => file.reserve())
  return { nodeOf: (place) => nodes[Math.floor(place / PAGES_A_NODE)] ?? 0, ids: [] }
}

function* pageTreeObjects(file: PdfFile, root: number, tree: PageTree): Generator<Uint8Array> {
  const { ids, nodeOf } = tree
  const nodes: string[] = []
  for (let first = 0; first < ids.length; first += PAGES_A_NODE) {
    const kids = ids.slice(first, first + PAGES_A_NODE)
    const node = nodeOf(first)
    nodes.push(pdfReference(node))
    yield file.object(
      node,
      pdfDictionary({
        Type: '/Pages',
        Parent: pdfReference(root),
        Count: String(kids.length),
        Kids: pdfArray(kids.map(pdfReference)),
      }),
    )
  }
  yield file.object(root, pdfDictionary({ Type: '/Pages', Count: String(ids.length), Kids: pdfArray(nodes) }))
}

/**
 * 双层PDF: each page is its image at true size with the text over it, invisible, to be found and selected. PDF/A-2u
 * (ISO 19005-2, conformance U). Comes piece by piece, a page's image at a time, however many pages there are.
 * Throws what reading an image throws.
 */
export async function* searchablePdf(document: SearchablePdf): AsyncGenerator<Uint8Array, void, undefined> {
  const file = pdfFile()
  yield file.header()
  const root = file.reserve()
  const fontId = file.reserve()
  const tree = pageTree(file, document.pages.length)
  const codes = characterCodes()

  for (const [place, page] of document.pages.entries()) {
    const image = await page.image()
    const layer = page.layer()
    const picture = await pagePicture(image)
    const { width, height, widthPixels, heightPixels } = pageSize(image)
    const matrix = pictureMatrix(picture.orientation, width, height).map((value) => pdfNumber(value))
    const text =
      layer === null
        ? ''
        : invisibleText(
            layer.lines,
            (x, y) => [
              (x * width) / (layer.widthPixels || widthPixels),
              height - (y * height) / (layer.heightPixels || heightPixels),
            ],
            codes.codeOf,
          )
    const [id, imageId, contentId] = [file.reserve(), file.reserve(), file.reserve()]
    tree.ids.push(id)
    yield* file.stream(imageId, picture.entries, picture.data)
    const content = Buffer.from(`q\n${matrix.join(' ')} cm\n/I Do\nQ\n${text}`, 'latin1')
    yield* file.stream(contentId, { Filter: '/FlateDecode' }, deflateSync(content))
    yield file.object(
      id,
      pdfDictionary({
        Type: '/Page',
        Parent: pdfReference(tree.nodeOf(place)),
        MediaBox: pdfArray(['0', '0', pdfNumber(width), pdfNumber(height)]),
        ...(page.turn === 0 ? {} : { Rotate: String(page.turn) }),
        Resources: pdfDictionary({
          XObject: pdfDictionary({ I: pdfReference(imageId) }),
          ...(text === '' ? {} : { Font: pdfDictionary({ F: pdfReference(fontId) }) }),
        }),
        Contents: pdfReference(contentId),
      }),
    )
    page.written?.(image)
  }
  yield* ending(file, document, { root, fontId, tree, codes })
}

interface Begun {
  readonly root: number
  readonly fontId: number
  readonly tree: PageTree
  readonly codes: ReturnType<typeof characterCodes>
}

function* ending(
  file: PdfFile,
  document: SearchablePdf,
  { root, fontId, tree, codes }: Begun,
): Generator<Uint8Array> {
  // A document of images alone still carries the font: the number was given away.
  if (codes.characters.length === 0) codes.codeOf(' ')
  yield* invisibleFontObjects(file, fontId, codes)
  const pages = file.reserve()
  yield* pageTreeObjects(file, pages, tree)
  const outline = document.bookmarks.length === 0 ? undefined : file.reserve()
  if (outline !== undefined) yield* outlineObjects(file, outline, document.bookmarks, tree.ids)
  const profile = file.reserve()
  const icc = srgbProfile()
  yield* file.stream(profile, { N: '3', Filter: '/FlateDecode' }, deflateSync(icc))
  const metadata = file.reserve()
  const xmp = Buffer.from(xmpPacket(document), 'utf8')
  // Left uncompressed, so that programs without a PDF reader find it.
  yield* file.stream(metadata, { Type: '/Metadata', Subtype: '/XML' }, xmp)
  const info = file.reserve()
  yield file.object(
    info,
    pdfDictionary({
      Title: pdfText(document.title),
      Author: pdfText(document.creator),
      Creator: pdfText(document.producer),
      Producer: pdfText(document.producer),
      CreationDate: pdfDate(document.createdAt),
      ModDate: pdfDate(document.createdAt),
    }),
  )
  yield file.object(
    root,
    pdfDictionary({
      Type: '/Catalog',
      Pages: pdfReference(pages),
      PageLabels: pageLabels(document.pages.map(({ label }) => label)),
      ...(outline === undefined ? {} : { Outlines: pdfReference(outline), PageMode: '/UseOutlines' }),
      Lang: '(zh-CN)',
      ViewerPreferences: '<</DisplayDocTitle true>>',
      Metadata: pdfReference(metadata),
      OutputIntents: pdfArray([
        pdfDictionary({
          Type: '/OutputIntent',
          S: '/GTS_PDFA1',
          OutputConditionIdentifier: '(sRGB IEC61966-2.1)',
          Info: '(sRGB IEC61966-2.1)',
          DestOutputProfile: pdfReference(profile),
        }),
      ]),
    }),
  )
  const fileId = createHash('sha256')
    .update(JSON.stringify([document.jobNumber, document.title, document.createdAt, codes.characters.length]))
    .digest()
    .subarray(0, 16)
  yield* file.end({ root, info, fileId })
}
