// Starts an application folder, as Electron's own default app does: `electron [-r FILE] [--switch …] FOLDER …`.
// The test runtime has no default app of its own, so this one is put into its resources.
const { existsSync, readFileSync, statSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { app, dialog } = require('electron')

const words = process.argv.slice(1)
const preloads = []
let target
for (let index = 0; index < words.length && target === undefined; index += 1) {
  const word = words[index]
  if (word === '-r' || word === '--require') {
    index += 1
    preloads.push(words[index])
  } else if (word === '--version' || word === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`)
    process.exit(0)
  } else if (!word.startsWith('-')) {
    target = resolve(word)
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  dialog.showErrorBox = () => {}
  process.exit(1)
}

process.defaultApp = true
if (target === undefined) {
  fail('The test runtime needs the folder of an application.')
} else {
  for (const file of preloads) require(resolve(file))
  const isFolder = existsSync(target) && statSync(target).isDirectory()
  const manifestFile = join(target, 'package.json')
  if (!isFolder || !existsSync(manifestFile)) {
    fail(`There is no application in ${target}`)
  } else {
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
    if (manifest.version) app.setVersion(manifest.version)
    const name = manifest.productName || manifest.name
    if (name) app.setName(name)
    if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
    app.setAppPath(target)
    app.setPath('userData', join(app.getPath('appData'), name || 'juanku-test-runtime'))
    const main = join(target, manifest.main || 'index.js')
    if (existsSync(main)) require(main)
    else fail(`The application in ${target} is not built: ${manifest.main} is missing.`)
  }
}
