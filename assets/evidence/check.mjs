// 卷库审计证据校验程序：只需 Node 20 以上，不需要卷库，不联网。用法：node check.mjs [文件夹] [--key 公钥指纹]
// Checks an exported folder of audit records with plain Node 20 or newer, without Juanku: node check.mjs [FOLDER]
// [--key FINGERPRINT]. Exit code 0: everything holds. 1: something does not. 2: wrong use.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const HEAD_FIELDS = [
  ...['number', 'vaultId', 'sequence', 'recordHash', 'at'],
  ...['accountId', 'publicKey', 'why', 'previous'],
]
const FIRST = ['sequence', 'at', 'action', 'accountId', 'sessionId', 'subject', 'result', 'code', 'details']
const LATER = [
  ...['role', 'machine', 'osUser', 'caseNumber', 'archiveNumber', 'page'],
  ...['beforeDigest', 'afterDigest', 'reason', 'approvalId'],
]

class Broken extends Error {}
const broken = (chinese, english) => {
  throw new Broken(`${chinese}\n${english}`)
}
const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const isHex = (text) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text)
const fingerprint = (key) =>
  sha256(Buffer.from(key, 'hex')).toString('hex').slice(0, 32).match(/.{4}/g).join('-').toUpperCase()

function signed(publicKey, text, signature) {
  if (!isHex(publicKey) || !/^[0-9a-f]{128}$/.test(signature)) return false
  const der = Buffer.concat([SPKI, Buffer.from(publicKey, 'hex')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'))
}

/** Every line of a file, as text that is exactly what its bytes say. */
async function* linesOf(file) {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) yield line
}

async function fileDigest(file) {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece)
  return hash.digest('hex')
}

function json(line, where) {
  try {
    return JSON.parse(line)
  } catch {
    return broken(`${where} 不是有效的 JSON`, `${where} is not valid JSON`)
  }
}

async function readHeads(folder) {
  const heads = []
  let previous = '0'.repeat(64)
  for await (const line of linesOf(path.join(folder, 'heads.jsonl'))) {
    const place = heads.length + 1
    const head = json(line, `heads.jsonl:${place}`)
    const written = JSON.stringify(
      Object.fromEntries([...HEAD_FIELDS, 'signature'].map((name) => [name, head[name]])),
    )
    const text = `juanku-audit-head-1\n${JSON.stringify(HEAD_FIELDS.map((name) => head[name]))}`
    const holds = written === line && head.number === place && head.previous === previous
    if (!holds || !signed(head.publicKey, text, head.signature))
      broken(
        `第 ${place} 个链头被改动，或签名不对`,
        `head ${place} was changed, or its signature does not hold`,
      )
    previous = sha256(line).toString('hex')
    heads.push(head)
  }
  return heads
}

/** The line that a shown record was hashed as. */
function recordLine(record) {
  const first = FIRST.map((name) => record[name])
  return JSON.stringify(record.format === 1 ? first : [2, ...first, ...LATER.map((name) => record[name])])
}

async function checkRecords(folder, statement, heads) {
  let previous = Buffer.from(statement.before.hash, 'hex')
  let sequence = statement.before.sequence
  let shown = 0
  const at = new Map(heads.map((head) => [head.sequence, head]))
  for await (const line of linesOf(path.join(folder, 'records.jsonl'))) {
    sequence += 1
    const record = json(line, `records.jsonl (${sequence})`)
    const bad = () =>
      broken(`第 ${sequence} 条记录被改动、删除或插入`, `record ${sequence} was changed, removed or put in`)
    if (record.sequence !== sequence || !isHex(record.hash)) bad()
    let hash
    if (record.lineDigest === undefined) {
      const fields = ['format', ...FIRST, ...LATER, 'hash']
      if (JSON.stringify(Object.fromEntries(fields.map((name) => [name, record[name]]))) !== line) bad()
      const text = recordLine(record)
      hash = record.format === 1 ? sha256(previous, text) : sha256(previous, sha256(text))
      shown += 1
    } else {
      if (!isHex(record.lineDigest)) bad()
      if (JSON.stringify({ sequence, lineDigest: record.lineDigest, hash: record.hash }) !== line) bad()
      hash = sha256(previous, Buffer.from(record.lineDigest, 'hex'))
    }
    if (hash.toString('hex') !== record.hash) bad()
    const head = at.get(sequence)
    if (head !== undefined && head.recordHash !== record.hash)
      broken(`第 ${sequence} 条记录与已签名的链头不符`, `record ${sequence} is not what a signed head says`)
    previous = hash
  }
  return { sequence, shown }
}

async function check(folder, wantedKey) {
  const file = path.join(folder, 'evidence.json')
  if (!existsSync(file)) broken('找不到 evidence.json', 'evidence.json is missing')
  const { statement, publicKey, signature } = json(readFileSync(file, 'utf8'), 'evidence.json')
  if (!signed(publicKey, `juanku-evidence-1\n${JSON.stringify(statement)}`, signature))
    broken('导出声明的签名不对', 'the signature of the export does not hold')
  for (const name of Object.keys(statement.files)) {
    if (!existsSync(path.join(folder, name))) broken(`缺少文件 ${name}`, `${name} is missing`)
  }
  const heads = await readHeads(folder)
  const covering = heads.at(-1)
  if (covering === undefined) broken('没有链头', 'there is no head')
  if (heads.some(({ vaultId }) => vaultId !== statement.vaultId))
    broken('链头属于另一个库', 'a head is of another vault')
  const { sequence, shown } = await checkRecords(folder, statement, heads)
  if (sequence !== covering.sequence)
    broken(
      '记录没有接到已签名的链头，末尾可能被截掉',
      'the records do not reach a signed head: the end may be cut off',
    )
  if (shown !== statement.shownCount)
    broken('记录条数与声明不符', 'the number of records is not the one stated')
  for (const [name, digest] of Object.entries(statement.files)) {
    if ((await fileDigest(path.join(folder, name))) !== digest)
      broken(`文件 ${name} 与导出时不同`, `${name} is not as it was exported`)
  }
  const keys = new Set([publicKey, ...heads.map((head) => head.publicKey)])
  if (wantedKey !== undefined && fingerprint(covering.publicKey) !== wantedKey.toUpperCase())
    broken('签名的不是所给的公钥', 'the key that signed is not the one given')
  return { statement, heads, keys, shown, sequence }
}

const words = process.argv.slice(2)
const keyPlace = words.indexOf('--key')
const wantedKey = keyPlace < 0 ? undefined : words.splice(keyPlace, 2)[1]
if (words.length > 1 || (keyPlace >= 0 && wantedKey === undefined)) {
  console.error('用法 usage: node check.mjs [FOLDER] [--key FINGERPRINT]')
  process.exit(2)
}
try {
  const { statement, heads, keys, shown, sequence } = await check(words[0] ?? import.meta.dirname, wantedKey)
  const from = statement.before.sequence + 1
  console.log(
    `校验通过：第 ${from}–${sequence} 条连续完整，其中 ${shown} 条列出内容；${heads.length} 个链头签名有效。`,
  )
  console.log(
    `PASSED: records ${from}–${sequence} are whole, ${shown} of them shown; ${heads.length} signed heads hold.`,
  )
  console.log('请与单位公布或存档的公钥指纹核对 Compare these key fingerprints with those on file:')
  for (const key of keys) console.log(`  ${fingerprint(key)}`)
} catch (error) {
  console.error(`校验不通过。FAILED.\n${error instanceof Broken ? error.message : String(error)}`)
  process.exitCode = 1
}
