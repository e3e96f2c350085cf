// 卷库备份校验程序：只需 Node 18 以上，不需要卷库、不需要密码、不联网，也不改动任何文件。
// 用法：node check.mjs [备份文件夹] [--quick]    --quick 只看文件在不在、长短对不对，不读内容
// Checks a backup with plain Node 18 or newer, without Juanku, password or network; changes nothing.
// Usage: node check.mjs [FOLDER] [--quick]. Exit code 0: whole. 1: faults. 2: wrong use, or it could not be checked.
import { createHash, createPublicKey, verify } from 'node:crypto'
import {
  closeSync,
  existsSync,
  opendirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSION = 1
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const GROUPS = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0'))

/** What each kind of fault means, and what it does to the backups that are named with it. */
const MEANINGS = {
  missing: ['文件不见了', 'The file is missing'],
  size: ['文件长度不对（被截短或改写）', 'The file has another length: cut or rewritten'],
  changed: [
    '内容与写入时不同（损坏、改动或调换）',
    'The content is not what was written: damaged, altered or swapped',
  ],
  unreadable: ['读不出来（损坏或介质坏道）', 'It cannot be read: damaged, or the medium is failing'],
  signature: [
    '签名不对：写成后被人改过或已损坏',
    'The signature does not hold: altered or damaged since it was written',
  ],
  stranger: [
    '这份备份不在索引中：是旧副本或别处拷来的',
    'The index knows nothing of this backup: a stale copy, or one from elsewhere',
  ],
}

let faults = 0
const faulty = new Set()

function fault(file, reason, snapshots = []) {
  faults += 1
  faulty.add(file)
  const [chinese, english] = MEANINGS[reason]
  const hit = snapshots.length === 0 ? '' : `\n    受影响的备份 Backups hit: ${snapshots.join(', ')}`
  console.log(`[${reason}] ${file}\n    ${chinese}。${english}.${hit}`)
}

/** The check itself cannot go on. */
class Impossible extends Error {}
const impossible = (chinese, english) => {
  throw new Impossible(`${chinese}\n${english}`)
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const isCount = (value) => Number.isSafeInteger(value) && value >= 0
const isText = (value) => typeof value === 'string'
const isSnapshotId = (value) => isText(value) && /^\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(value)
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (test) => (value) => Array.isArray(value) && value.every(test)
const shape = (members) => (value) =>
  isRecord(value) && Object.entries(members).every(([name, test]) => test(value[name]))
const nullOr = (test) => (value) => value === null || test(value)
const only = (wanted) => (value) => value === wanted

const isFileEntry = shape({
  name: (value) => isText(value) && /^[a-z0-9.-]+$/.test(value),
  size: isCount,
  sha256: isHash,
  parts: listOf(shape({ sha256: isHash, size: isCount })),
  source: (value) =>
    value === undefined || shape({ size: isCount, changedMs: (time) => typeof time === 'number' })(value),
})
const SIGNED = {
  version: Number.isInteger,
  setId: isText,
  vaultId: isText,
  signer: shape({ accountId: isText, accountName: isText, publicKey: isText }),
  signature: isText,
}
const isSet = shape({
  format: only('juanku-set'),
  version: Number.isInteger,
  setId: isText,
  vaultId: isText,
  unitName: isText,
  label: isText,
  createdAt: isText,
})
const isSnapshot = shape({
  ...SIGNED,
  format: only('juanku-snapshot'),
  id: isSnapshotId,
  unitName: isText,
  createdAt: isText,
  kind: (value) => value === 'incremental' || value === 'full',
  previous: nullOr(shape({ id: isSnapshotId, sha256: isHash })),
  counts: shape({ cases: isCount, volumes: isCount, pages: isCount, objects: isCount, objectBytes: isCount }),
  missing: listOf(isText),
  missingCount: (value) => value === undefined || isCount(value),
  audit: shape({ records: isCount, head: isText }),
  objects: isFileEntry,
  files: listOf(isFileEntry),
})
const isIndex = shape({
  ...SIGNED,
  format: only('juanku-set-index'),
  sequence: isCount,
  snapshots: listOf(shape({ id: isSnapshotId, sha256: isHash, verifiedAt: nullOr(isText) })),
  pruned: listOf(shape({ id: isSnapshotId, sha256: isHash, prunedAt: isText })),
  beside: (value) => isRecord(value) && Object.values(value).every(isHash),
})

/** RFC 8785: members sorted, no blanks. */
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1))
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

function isGenuine({ signature, ...content }) {
  const raw = Buffer.from(content.signer.publicKey, 'base64')
  if (raw.length !== 32) return false
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
    const bytes = Buffer.from(`${content.format} 1\n${canonical(content)}`, 'utf8')
    return verify(null, bytes, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

const isGone = (error) => ['ENOENT', 'ENOTDIR'].includes(error.code)
const isBad = (error) => ['EIO', 'EISDIR', 'EACCES', 'EPERM'].includes(error.code)

/** A document with the SHA-256 of its file; undefined when it is not there, or a fault was named. */
function readDocument(folder, file, isValid, snapshots = []) {
  let text
  try {
    text = readFileSync(path.join(folder, file), 'utf8')
  } catch (error) {
    if (isGone(error)) return undefined
    if (!isBad(error)) throw error
    fault(file, 'unreadable', snapshots)
    return undefined
  }
  let document
  try {
    document = JSON.parse(text)
  } catch {
    fault(file, 'unreadable', snapshots)
    return undefined
  }
  if (isRecord(document) && document.version > VERSION)
    impossible(
      `${file} 是更新版本的格式（${document.version}）：请用这块介质上自带的 check.mjs`,
      `${file} is of a newer format (${document.version}): use the check.mjs that lies beside it`,
    )
  if (!isValid(document)) fault(file, 'unreadable', snapshots)
  else if (isText(document.signature) && !isGenuine(document)) fault(file, 'signature', snapshots)
  else return { document, sha256: sha256(text) }
  return undefined
}

const block = Buffer.allocUnsafe(1024 * 1024)

/** The bytes of a file, piece by piece in one buffer. */
function* piecesOf(file) {
  const handle = openSync(file, 'r')
  try {
    for (;;) {
      const length = readSync(handle, block, 0, block.length, null)
      if (length === 0) return
      yield block.subarray(0, length)
    }
  } finally {
    closeSync(handle)
  }
}

function reasonOf(file, wanted, quick) {
  try {
    if (quick) return statSync(file).size === wanted.size ? undefined : 'size'
    const hash = createHash('sha256')
    let size = 0
    for (const piece of piecesOf(file)) {
      hash.update(piece)
      size += piece.length
    }
    if (size !== wanted.size) return 'size'
    return hash.digest('hex') === wanted.sha256 ? undefined : 'changed'
  } catch (error) {
    if (isGone(error)) return 'missing'
    if (isBad(error)) return 'unreadable'
    throw error
  }
}

const LINE = /^([0-9a-f]{64}) (\d{1,15}) ([0-9a-f]{64})$/
const PIECE = 64 * 1024

/** The lines of an object list, read bit by bit: lists of many backups are open at once. */
function* listedObjects(folder, { parts }) {
  const piece = Buffer.allocUnsafe(PIECE)
  let rest = ''
  for (const { sha256: part } of parts) {
    const file = `files/${part}`
    const handle = openSync(path.join(folder, file), 'r')
    try {
      for (let length = readSync(handle, piece); length > 0; length = readSync(handle, piece)) {
        const lines = (rest + piece.toString('latin1', 0, length)).split('\n')
        rest = lines.pop()
        for (const line of lines) {
          const [, hash, size, name] = LINE.exec(line) ?? []
          if (name === undefined) {
            if (!faulty.has(file)) fault(file, 'unreadable')
            return
          }
          yield { sha256: hash, size: Number(size), name }
        }
      }
    } finally {
      closeSync(handle)
    }
  }
}

/** Walks a list beside the groups, one group at a time. */
function byGroup(objects) {
  let next = objects.next()
  return {
    take: (group) => {
      const found = []
      for (; !next.done && next.value.name.slice(0, 2) <= group; next = objects.next())
        if (next.value.name.startsWith(group)) found.push(next.value)
      return found
    },
    close: () => objects.return(),
  }
}

/** Of backups that the index does not name, those that follow on its newest: their writing was cut short at the end. */
function successors(newest, loose) {
  const found = []
  for (let last = newest; ; last = found.at(-1)) {
    const next = loose.find(({ id, previous }) => previous?.id === last && !found.includes(id))
    if (next === undefined) return found
    found.push(next.id)
  }
}

function checkDocuments(folder) {
  if (!existsSync(path.join(folder, 'set.json')))
    impossible(
      `${folder} 里没有备份：找不到 set.json。请指明介质上的 juanku-backup 文件夹`,
      `There is no backup in ${folder}: set.json is missing. Name the folder juanku-backup on the medium`,
    )
  const set = readDocument(folder, 'set.json', isSet)
  const index = readDocument(folder, 'index.json', isIndex)?.document
  const there = existsSync(path.join(folder, 'snapshots'))
    ? readdirSync(path.join(folder, 'snapshots'))
        .filter((name) => name.endsWith('.json') && isSnapshotId(name.slice(0, -5)))
        .map((name) => name.slice(0, -5))
        .sort()
    : []
  if (index === undefined && !faulty.has('index.json') && there.length > 0) fault('index.json', 'missing')
  for (const [file, wanted] of Object.entries(index?.beside ?? {})) {
    if (faulty.has(file)) continue
    const found = existsSync(path.join(folder, file))
      ? sha256(readFileSync(path.join(folder, file)))
      : undefined
    if (found !== wanted) fault(file, found === undefined ? 'missing' : 'changed')
  }
  const fileOf = (id) => `snapshots/${id}.json`
  const snapshots = []
  for (const id of there) {
    const found = readDocument(folder, fileOf(id), isSnapshot, [id])
    if (found === undefined) continue
    if (found.document.id === id) snapshots.push(found)
    else fault(fileOf(id), 'changed', [id])
  }
  const digests = new Map(snapshots.map(({ document, sha256: digest }) => [document.id, digest]))
  const known = (id) =>
    index?.snapshots.some((one) => one.id === id) || index?.pruned.some((one) => one.id === id)
  for (const { id, sha256: wanted } of index?.snapshots ?? []) {
    if (!there.includes(id)) fault(fileOf(id), 'missing', [id])
    else if (digests.has(id) && digests.get(id) !== wanted) fault(fileOf(id), 'changed', [id])
  }
  const loose = snapshots
    .map(({ document }) => document)
    .filter(({ id }) => index !== undefined && !known(id))
  const following = successors(index?.snapshots.at(-1)?.id, loose)
  for (const { id } of loose) {
    if (!following.includes(id)) fault(fileOf(id), 'stranger', [id])
    else
      console.log(
        `注意：索引还没有写入 ${id}：那次备份在最后一步中断，或放回了旧的 index.json。下次备份会补上。\n` +
          `Note: the index does not name ${id} yet: that run was cut short at its end, or an older index.json was put back.`,
      )
  }
  // Each backup names the one before with its digest.
  const removed = new Map(index?.pruned.map((one) => [one.id, one.sha256]) ?? [])
  for (const { document } of snapshots) {
    const { previous } = document
    if (previous === null || faulty.has(fileOf(document.id)) || faulty.has(fileOf(previous.id))) continue
    const found = digests.get(previous.id) ?? removed.get(previous.id)
    // Without an index nobody knows which were removed on purpose.
    if (found === undefined && index !== undefined) fault(fileOf(previous.id), 'missing', [previous.id])
    else if (found !== undefined && found !== previous.sha256)
      fault(fileOf(previous.id), 'changed', [previous.id])
  }
  return { set: set?.document, index, snapshots }
}

const startedAt = Date.now()
let shownAt = startedAt
function progress(objects, bytes) {
  if (!process.stderr.isTTY || Date.now() - shownAt < 500) return
  shownAt = Date.now()
  const seconds = (shownAt - startedAt) / 1000
  process.stderr.write(
    `\r${objects} 个对象 objects · ${(bytes / 1e6).toFixed(0)} MB · ${(bytes / 1e6 / seconds).toFixed(0)} MB/s   `,
  )
}

function checkContent(folder, documents, quick) {
  const total = { objects: 0, bytes: 0, unneeded: 0 }
  const one = (file, wanted, users) => {
    const reason = reasonOf(path.join(folder, file), wanted, quick)
    if (reason !== undefined) fault(file, reason, users)
    total.bytes += wanted.size
    progress(total.objects, total.bytes)
  }
  const parts = new Map()
  for (const { id, files, objects } of documents)
    for (const { sha256: hash, size } of [...files, objects].flatMap((entry) => entry.parts)) {
      const part = parts.get(hash) ?? { sha256: hash, size, users: new Set() }
      parts.set(hash, part)
      part.users.add(id)
    }
  for (const [hash, part] of parts) one(`files/${hash}`, part, [...part.users])

  const lists = documents
    .filter(({ objects }) => objects.parts.every(({ sha256: hash }) => !faulty.has(`files/${hash}`)))
    .map(({ id, objects }) => ({ id, list: byGroup(listedObjects(folder, objects)) }))
  for (const group of GROUPS) {
    // An object that was copied anew has another seal: what the newest backup says of it counts.
    const wanted = new Map()
    for (const { id, list } of lists)
      for (const object of list.take(group))
        wanted.set(object.name, { ...object, users: [...(wanted.get(object.name)?.users ?? []), id] })
    total.objects += wanted.size
    for (const [name, object] of wanted) one(`objects/${group}/${name}`, object, object.users)
    const there = path.join(folder, 'objects', group)
    if (!existsSync(there)) continue
    const names = opendirSync(there)
    for (let entry = names.readSync(); entry !== null; entry = names.readSync())
      if (isHash(entry.name) && !wanted.has(entry.name)) total.unneeded += 1
    names.closeSync()
  }
  for (const { list } of lists) list.close()
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
  return total
}

/** How a public key is compared by eye: sixteen bytes of its SHA-256, in groups. */
const fingerprint = (publicKey) =>
  sha256(Buffer.from(publicKey, 'base64')).slice(0, 32).toUpperCase().match(/.{4}/g).join('-')

function report({ set, index, snapshots }, total, quick) {
  if (set !== undefined)
    console.log(
      `\n${set.unitName} · 介质编号 medium ${set.label} · 备份集 set ${set.setId} · 库 vault ${set.vaultId}`,
    )
  for (const { document, sha256: digest } of snapshots) {
    const { id, createdAt, kind, counts, objects, missing, signer } = document
    const verifiedAt = index?.snapshots.find((one) => one.id === id)?.verifiedAt
    console.log(
      `\n备份 backup ${id}（${kind === 'full' ? '全量 full' : '增量 incremental'}，${createdAt}）\n` +
        `  案件 cases ${counts.cases} · 卷 volumes ${counts.volumes} · 页 pages ${counts.pages} · ` +
        `对象 objects ${counts.objects}（${(counts.objectBytes / 1e6).toFixed(1)} MB）\n` +
        (missing.length === 0
          ? ''
          : `  备份时库中已缺或已损坏 missing or damaged in the vault at that time: ${document.missingCount ?? missing.length}（${missing
              .slice(0, 3)
              .map((name) => name.slice(0, 12))
              .join('、')}${missing.length > 3 ? '…' : ''}）\n`) +
        `  摘要根值 root ${objects.sha256}\n` +
        `  备份文件 file ${digest}\n` +
        `  校验 verified ${verifiedAt ?? '未校验 not yet'}\n` +
        `  签名 signed ${signer.accountName} ${fingerprint(signer.publicKey)}`,
    )
  }
  const amount = `${snapshots.length} 份备份 backups · ${total.objects} 个对象 objects · ${(total.bytes / 1e6).toFixed(1)} MB`
  console.log(
    `\n${amount}${total.unneeded === 0 ? '' : ` · 用不到的对象 unneeded objects ${total.unneeded}`}`,
  )
  if (snapshots.length === 0) console.log('还没有备份。There is no backup in it yet.')
  if (faults > 0) {
    console.log(
      `校验不通过：${faults} 处问题，见上。不要再往这块介质写东西；请在卷库里“验证”后“修复”，或改用另一套备份。\n` +
        `FAILED: ${faults} faults, see above. Write nothing more to this medium; verify and repair it in Juanku, or use another set.`,
    )
    return
  }
  console.log(
    quick
      ? '快速校验通过：文件齐全、长度相符；内容没有读过，请定期不带 --quick 校验。\nPASSED (quick): all files are there with their lengths. Their content was not read.'
      : '校验通过：全部内容、签名、索引完好。\nPASSED: all content, signatures and the index are whole.',
  )
  console.log(
    '程序无法自己知道的只有一件：整块介质被换成更旧的一份。请把最新一份的摘要根值、备份文件值、公钥指纹与打印的《备份登记》核对。\n' +
      'What no checker can know by itself: whether all of it was replaced by an older state. Compare the newest values above with the printed register.',
  )
}

const words = process.argv.slice(2)
const quick = words.includes('--quick')
const [given, ...more] = words.filter((word) => word !== '--quick')
if (more.length > 0 || given?.startsWith('-')) {
  console.error('用法 usage: node check.mjs [FOLDER] [--quick]')
  process.exit(2)
}
try {
  const chosen = path.resolve(given ?? path.dirname(fileURLToPath(import.meta.url)))
  const inside = path.join(chosen, 'juanku-backup')
  const folder = !existsSync(path.join(chosen, 'set.json')) && existsSync(inside) ? inside : chosen
  const found = checkDocuments(folder)
  const total = checkContent(
    folder,
    found.snapshots.map(({ document }) => document),
    quick,
  )
  report(found, total, quick)
  process.exitCode = faults > 0 ? 1 : 0
} catch (error) {
  console.error(
    error instanceof Impossible
      ? error.message
      : `校验没有做完：${error.message}。介质可能已断开，请重新插好再试。\nThe check was not finished: ${error.message}. Plug the medium in again and retry.`,
  )
  process.exitCode = 2
}
